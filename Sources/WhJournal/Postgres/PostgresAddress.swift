import Foundation

/// Where a journal in PostgreSQL is: a url as libpq takes it, with one parameter of ours, `schema`.
package struct PostgresAddress: Hashable, Sendable {
  /// The schema of an address that names none.
  package static let standardSchema = "wh"
  /// The longest name that the server keeps, in bytes.
  private static let longestName = 63

  /// What libpq gets.
  let url: String
  package let schema: String
  /// The address as messages show it: without passwords.
  package let shown: String
  /// What must not be shown of it.
  package let secrets: [String]

  /// True for the text of an address in PostgreSQL, valid or not.
  package static func isOne(_ text: String) -> Bool { scheme(of: text) != nil }

  /// - Throws: `PostgresAddressProblem` for what libpq could not take for a url, and for a schema that no server has.
  package init(_ text: String) throws(PostgresAddressProblem) {
    guard let scheme = Self.scheme(of: text) else { throw .notAURL }
    guard !text.utf8.contains(0) else { throw .zeroByte }
    let rest = text.dropFirst(scheme.count)
    try Self.checkUser(in: rest)
    let question = rest.firstIndex(of: "?")
    let place = rest[..<(question ?? rest.endIndex)]
    let parameters = question.map { rest[rest.index(after: $0)...].split(separator: "&").map(Parameter.init) } ?? []
    schema = try Self.schema(parameters)
    let own = parameters.filter { $0.name != "schema" }
    url = Self.joined(scheme, place, own)
    let user = Self.user(in: place)
    shown = Self.joined(scheme, user.map { $0.name + place[$0.end...] } ?? place, parameters.filter { !$0.isSecret })
    secrets = Array(
      Set(
        ([user?.password] + own.filter(\.isSecret).map(\.value)).compactMap(\.self).flatMap {
          [String($0), $0.removingPercentEncoding ?? ""]
        }
      ).subtracting([""])
    ).sorted()
  }

  /// The schema's name as SQL takes it.
  var quotedSchema: String { "\"" + schema.replacing("\"", with: "\"\"") + "\"" }

  /// The error of this journal.
  func error(_ kind: JournalError.Kind, _ detail: String = "") -> JournalError {
    JournalError(kind, at: shown, hidingSecrets(in: detail), in: .database)
  }

  private func hidingSecrets(in text: String) -> String {
    secrets.sorted { $0.utf8.count > $1.utf8.count }.reduce(text) { $0.replacing($1, with: "••••") }
  }

  // MARK: Parts

  private struct Parameter {
    let text: Substring
    let name: Substring
    let value: Substring

    init(_ text: Substring) {
      self.text = text
      let equals = text.firstIndex(of: "=")
      name = text[..<(equals ?? text.endIndex)]
      value = equals.map { text[text.index(after: $0)...] } ?? ""
    }

    var isSecret: Bool { name.lowercased().contains("pass") && !name.lowercased().contains("file") }
  }

  private static func scheme(of text: String) -> String? {
    ["postgresql://", "postgres://"].first { text.hasPrefix($0) }
  }

  private static func joined(_ scheme: String, _ place: Substring, _ parameters: [Parameter]) -> String {
    scheme + place + (parameters.isEmpty ? "" : "?" + parameters.map(\.text).joined(separator: "&"))
  }

  /// Sees that libpq finds the user's end where it was meant: a password with a sign of urls in it would be taken for a host,
  /// or a path, which messages show.
  private static func checkUser(in rest: Substring) throws(PostgresAddressProblem) {
    guard !rest.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { throw .space }
    let authority = rest.prefix { !"/?#".contains($0) }
    let signs = authority.utf8.count { $0 == UInt8(ascii: "@") }
    guard signs < 2 else { throw .userNotEncoded }
    guard signs == 0 else { return }
    let tail = rest[authority.endIndex...]
    let question = tail.firstIndex(of: "?") ?? tail.endIndex
    let isLoose =
      tail[..<question].contains("@")
      || tail[question...].split(separator: "&").contains { part in
        part.contains("@") && !part.prefix { $0 != "@" }.contains("=")
      }
    guard !isLoose else { throw .userNotEncoded }
  }

  private static func user(
    in place: Substring
  ) -> (name: Substring, password: Substring?, end: Substring.Index)? {
    guard let end = place.lastIndex(of: "@") else { return nil }
    let user = place[..<end]
    guard let colon = user.firstIndex(of: ":") else { return (user, nil, end) }
    return (user[..<colon], user[user.index(after: colon)...], end)
  }

  private static func schema(_ parameters: [Parameter]) throws(PostgresAddressProblem) -> String {
    let given = parameters.filter { $0.name == "schema" }
    guard let last = given.last else { return standardSchema }
    guard let name = last.value.removingPercentEncoding, !name.isEmpty, !name.utf8.contains(0), given.count == 1,
      name.utf8.count <= longestName, !name.hasPrefix("pg_"), name != "information_schema"
    else { throw .schema(String(last.value)) }
    return name
  }
}

/// What is wrong with the address of a journal.
package enum PostgresAddressProblem: Error, Equatable, Sendable {
  case notAURL
  case zeroByte
  case space
  case userNotEncoded
  case schema(String)
}

// MARK: - Wording

extension PostgresAddressProblem {
  /// What follows "it" in a sentence.
  package var reason: String {
    switch self {
    case .notAURL: "does not begin with `postgresql://`"
    case .zeroByte: "contains a NUL byte"
    case .space: "contains a space or a control character: write it percent-encoded, such as %20"
    case .userNotEncoded:
      "contains `@`, `/`, `?` or `#` in the user or the password: write them as %40, %2F, %3F and %23"
    case .schema(let name): "names a schema that is not valid: `\(name)`"
    }
  }
}
