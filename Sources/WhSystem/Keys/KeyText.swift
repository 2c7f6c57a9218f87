import WhAPI
import WhDomain

/// A text whose first line is a key: that of a file, of a command, or of `WH_API_KEY`.
struct KeyText {
  private let first: String
  private let rest: [String]

  /// A byte order mark, and blanks around a line, do not count.
  init(_ bytes: [UInt8]) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Self.trimmed)
    first = lines.first ?? ""
    rest = Array(lines.dropFirst())
  }

  /// - Parameter place: where it stands, as an error names it.
  /// - Throws: `KeyProblem`, which never quotes the text.
  func key(_ place: KeyProblem.Place) throws(KeyProblem) -> APIKey {
    if first.count > 1, let quote = first.first, Self.closing[quote] == first.last { throw .quoted(place) }
    do {
      return try APIKey(first)
    } catch {
      throw .invalid(place, error.reason)
    }
  }

  /// What must never be shown: the first line whatever it is, and other lines that could be keys or passwords.
  var secrets: [String] { ([first] + rest.filter(Self.isLikeSecret)).filter { !$0.isEmpty } }

  private static func isLikeSecret(_ line: String) -> Bool {
    line.utf8.count >= 8 && !line.contains("://") && line.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  private static let closing: [Character: Character] = ["\"": "\"", "'": "'", "`": "`", "“": "”", "‘": "’"]

  private static func trimmed(_ line: ArraySlice<UInt8>) -> String {
    let blanks: Set<UInt8> = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]
    let end = line.drop { blanks.contains($0) }
    let trailing = end.reversed().prefix { blanks.contains($0) }.count
    return String(decoding: end.dropLast(trailing), as: UTF8.self)
  }
}
