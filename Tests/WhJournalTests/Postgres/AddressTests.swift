import Testing

@testable import WhJournal

@Suite("The address of a journal in PostgreSQL")
struct AddressTests {
  @Test(
    "is shown without passwords, and has a schema",
    arguments: [
      ("postgresql://db/wh", "postgresql://db/wh", "wh", []),
      ("postgres://", "postgres://", "wh", []),
      ("postgresql://alice@db:5433/wh?schema=team_a", "postgresql://alice@db:5433/wh?schema=team_a", "team_a", []),
      (
        "postgresql://alice:s3c%20ret@db/wh?sslmode=verify-full", "postgresql://alice@db/wh?sslmode=verify-full", "wh",
        ["s3c ret", "s3c%20ret"]
      ),
      ("postgresql://alice:a%40b@db/wh", "postgresql://alice@db/wh", "wh", ["a%40b", "a@b"]),
      ("postgresql:///wh?user=me@corp&host=/run/pg", "postgresql:///wh?user=me@corp&host=/run/pg", "wh", []),
      ("postgresql://[::1]:5433,db:1/wh", "postgresql://[::1]:5433,db:1/wh", "wh", []),
      (
        "postgresql:///wh?host=/run/pg&password=hunter22&sslpassword=other",
        "postgresql:///wh?host=/run/pg", "wh", ["hunter22", "other"]
      ),
      ("postgresql:///?service=ci&passfile=/x", "postgresql:///?service=ci&passfile=/x", "wh", []),
      ("postgresql:///?schema=Team%20A%22", "postgresql:///?schema=Team%20A%22", "Team A\"", []),
    ])
  func parts(url: String, shown: String, schema: String, secrets: [String]) throws {
    let address = try PostgresAddress(url)
    #expect(address.shown == shown)
    #expect(address.schema == schema)
    #expect(address.secrets == secrets)
    #expect(!address.url.contains("schema="))
    for secret in secrets { #expect(!address.error(.lost, "no: \(secret)").description.contains(secret)) }
  }

  @Test("quotes the schema as SQL does")
  func quoting() throws {
    #expect(try PostgresAddress("postgresql:///?schema=a%22b").quotedSchema == "\"a\"\"b\"")
  }

  @Test(
    "is refused where it can't be one",
    arguments: [
      ("sqlite:///x", PostgresAddressProblem.notAURL), ("/var/journal.sqlite", .notAURL), ("", .notAURL),
      ("postgresql://alice:a@b@db/wh", .userNotEncoded), ("postgresql://alice:a/b@db/wh", .userNotEncoded),
      ("postgresql://alice:a?b@db/wh", .userNotEncoded), ("postgresql://alice:a#b@db/wh", .userNotEncoded),
      ("postgresql://al/ice:a?b@db/wh", .userNotEncoded), ("postgresql:///wh?user=a password=b", .space),
      ("postgresql://a\tb@db/wh", .space), ("host=db dbname=wh", .notAURL), ("postgresql:///\0", .zeroByte),
      ("postgresql:///?schema=", .schema("")),
      ("postgresql:///?schema=pg_temp", .schema("pg_temp")),
      ("postgresql:///?schema=a&schema=b", .schema("b")),
      ("postgresql:///?schema=%FF", .schema("%FF")),
      ("postgresql:///?schema=information_schema", .schema("information_schema")),
    ])
  func refused(url: String, problem: PostgresAddressProblem) {
    #expect(throws: problem) { try PostgresAddress(url) }
  }

  @Test("is named by what gave it when it is refused, and is not quoted")
  func location() {
    let error = #expect(throws: JournalError.self) {
      try JournalLocation(url: "mysql://a:secret@b", from: "WH_JOURNAL")
    }
    #expect(error?.kind == .badAddress)
    #expect(
      error?.description
        == "the address of the journal in WH_JOURNAL is not valid: it does not begin with `postgresql://`")
  }

  @Test("gives the keys of locks that no other schema, profile or server has")
  func keys() {
    let parts = [
      ["lock", "wh", "p", "h", ""], ["lock", "wh2", "p", "h", ""], ["lock", "wh", "q", "h", ""],
      ["lock", "wh", "p", "i", ""], ["lock", "wh", "p", "h", "1/2"], ["turn", "wh", "p", "h", ""],
    ]
    let keys = parts.map { PostgresKey.of($0[0], $0[1], $0[2], $0[3], $0[4]) }
    #expect(Set(keys).count == parts.count)
    #expect(PostgresKey.of("a", "bc") != PostgresKey.of("ab", "c"))
  }

  @Test("texts of an array are escaped, and NUL has a stand-in")
  func arrays() {
    func text(_ value: PostgresValue) -> String? { value.bytes.map { String(decoding: $0.dropLast(), as: UTF8.self) } }
    #expect(
      text(PostgresValue(["a\"b", #"c\d"#, nil, "", "NULL", "e,{f}"])) == #"{"a\"b","c\\d",NULL,"","NULL","e,{f}"}"#)
    #expect(text(PostgresValue("a\0b")) == "a\u{FFFD}b")
    #expect(text(PostgresValue([1, 2])) == "{1,2}")
    #expect(text(PostgresValue([String]())) == "{}")
    #expect(PostgresValue(nil as String?).bytes == nil)
  }
}
