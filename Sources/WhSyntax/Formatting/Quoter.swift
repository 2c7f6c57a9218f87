/// Writes a text as a word that reads back as that text.
package enum Quoter {
  /// - Parameter avoiding: words that would be read as keywords where the text is to stand, and so must be quoted.
  package static func word(_ text: String, avoiding keywords: Set<String> = []) -> String {
    isBare(text) && !keywords.contains(text.lowercased()) && !holdsVariable(text) ? text : quoted(text)
  }

  /// The same for the name of an event: outside of quotes none begins with a sign, or looks like a pattern.
  package static func word(event text: String) -> String {
    let isRead = text.utf8.first.map { "=!~<>|".utf8.contains($0) } ?? false
    return isRead || text.utf8.contains { "*?[".utf8.contains($0) } ? quoted(text) : word(text)
  }

  /// True for a text in which the lexer finds `${`. It reads bytes: a character that a reader sees may be a brace with an accent.
  static func holdsVariable(_ text: String) -> Bool {
    zip(text.utf8, text.utf8.dropFirst()).contains { $0 == .dollar && $1 == .openBrace }
  }

  /// True when a text may stand without quotes.
  static func isBare(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    if [UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ",")].contains(first) { return false }
    if [UInt8(ascii: "\\"), UInt8(ascii: ",")].contains(last) { return false }
    // A curly quote at the beginning is taken for a mistake.
    if let scalar = text.unicodeScalars.first, (0x2018...0x201F).contains(scalar.value) { return false }
    if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !$0.endsWord && $0 != .doubleQuote && $0 != .singleQuote }) {
      return true
    }
    return !text.unicodeScalars.contains { $0 == " " || $0 == ";" || $0 == "\"" || $0 == "'" || Printable.isHazard($0) }
  }

  package static func quoted(_ text: String) -> String {
    "\"" + escaped(text) + "\""
  }

  /// The text with what double quotes give a meaning to escaped.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "$": result += "\\$"
      case "\n", "\r", "\t": result += Printable.escape(scalar)
      case let hazard where Printable.isHazard(hazard): result += Printable.escape(hazard)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
