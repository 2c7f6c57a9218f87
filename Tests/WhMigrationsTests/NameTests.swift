import Testing

@testable import WhMigrations

@Suite("Names of scripts")
struct NameTests {
  @Test(
    "A new script comes last, with the same number of digits",
    arguments: [
      ([], "0001-x.wh"), (["0001-a.wh"], "0002-x.wh"), (["0009-a.wh", "0003-b.wh"], "0010-x.wh"),
      (["1-a.wh"], "2-x.wh"), (["1-a.wh", "9-b.wh"], "91-x.wh"), (["9-b.wh", "91-c.wh"], "92-x.wh"),
      (["01-a.wh", "99-b.wh"], "991-x.wh"), (["001-a.wh"], "002-x.wh"), (["10-a.wh"], "11-x.wh"),
      (["0001-a.wh", "2-b.wh"], "3-x.wh"), (["20240101120000-a.wh"], "20240101120001-x.wh"),
      (["9999-a.wh"], "99991-x.wh"), (["99999999999999999999999-a.wh"], "999999999999999999999991-x.wh"),
    ])
  func new(names: [String], expected: String) throws {
    let name = try ScriptName.new("x", after: names)
    #expect(name == expected)
    #expect(names.allSatisfy { $0 < name })
  }

  @Test("200 scripts keep the order in which they were created")
  func many() throws {
    for first in [[], ["1-a.wh"], ["01-a.wh"], ["0001-a.wh", "7-b.wh"]] {
      var names = first
      for _ in 0..<200 { names.append(try ScriptName.new("x", after: names)) }
      #expect(names == names.sorted() && Set(names).count == names.count)
    }
  }

  @Test(
    "The words of a title",
    arguments: [
      ("Rename sent", "0001-rename-sent.wh"), ("  a/b: ü c!", "0001-a-b-c.wh"), ("2nd try", "0001-2nd-try.wh"),
    ])
  func words(title: String, expected: String) throws {
    #expect(try ScriptName.new(title, after: []) == expected)
  }

  @Test func refused() {
    #expect(throws: ScriptNameProblem.noWords) { try ScriptName.new("…", after: []) }
    #expect(throws: ScriptNameProblem.nothingAfter("rename.wh")) {
      try ScriptName.new("x", after: ["0001-a.wh", "rename.wh"])
    }
  }

  @Test(
    "What is a script",
    arguments: [
      ("1.wh", true), ("a.b.wh", true), ("._1.wh", false), (".#1.wh", false), (".wh", false), ("1.wh~", false),
      ("1.txt", false), (".wh-migrations", false),
    ])
  func scripts(name: String, isScript: Bool) {
    #expect(ScriptName.isScript(name) == isScript)
  }
}

@Suite("The identity of a folder")
struct IdentityTests {
  @Test func isReadAsItIsWritten() throws {
    let identity = FolderIdentity(random: (0..<16).map { $0 * 16 })
    #expect(identity.id == "00102030405060708090a0b0c0d0e0f0")
    for text in [identity.text, identity.text.replacing("\n", with: "\r\n"), "\u{FEFF}" + identity.text, identity.id] {
      #expect(try FolderIdentity(file: Array(text.utf8)) == identity, "\(text)")
    }
  }

  @Test(
    "A file without an id is refused",
    arguments: [
      ("", .empty), ("# only a comment\n", .empty), ("abc\n", .notAnID("abc")),
      ("<<<<<<< HEAD\n\(id("a"))\n=======\n\(id("b"))\n>>>>>>> x\n", .several), ("\(id("a"))\n\(id("b"))\n", .several),
      (id("g"), .notAnID(id("g"))), (id("A"), .notAnID(id("A"))),
    ] as [(String, FolderIdentityProblem)])
  func refused(text: String, problem: FolderIdentityProblem) {
    #expect(throws: problem) { try FolderIdentity(file: Array(text.utf8)) }
  }

  private static func id(_ digit: String) -> String { String(repeating: digit, count: 32) }
}
