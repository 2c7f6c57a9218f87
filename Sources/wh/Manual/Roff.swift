/// Texts as roff takes them.
enum Roff {
  /// The columns that source lines are broken at.
  private static let width = 78

  /// A text in which nothing means anything to roff.
  static func escaped(_ text: some StringProtocol) -> String { text.unicodeScalars.map(escaped).joined() }

  /// The same for what is to be typed: hyphens stay those of ASCII.
  static func code(_ text: some StringProtocol) -> String {
    text.unicodeScalars.map { $0 == "-" ? "\\-" : escaped($0) }.joined()
  }

  static func bold(_ code: some StringProtocol) -> String { "\\fB\(Self.code(code))\\fR" }

  static func italic(_ code: some StringProtocol) -> String { "\\fI\(Self.code(code))\\fR" }

  /// A line that no macro begins.
  static func line(_ roff: String) -> String {
    roff.hasPrefix(".") || roff.hasPrefix("'") ? "\\&" + roff : roff
  }

  /// Markdown within a paragraph: code is bold, and of a link its text stays.
  static func inline(_ markdown: some StringProtocol) -> String {
    var result = ""
    // In a table of Markdown, a `|` within a cell has a backslash before it.
    var rest = String(markdown).replacing("\\|", with: "|")[...]
    while let first = rest.first {
      if first == "`", let end = rest.dropFirst().firstIndex(of: "`") {
        result += bold(rest[..<end].dropFirst())
        rest = rest[end...].dropFirst()
      } else if first == "[", let link = rest.prefixMatch(of: /\[([^\]]*)\]\([^)]*\)/) {
        result += inline(link.1)
        rest = rest[link.range.upperBound...]
      } else {
        result += escaped(String(first))
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// Markdown in lines: each sentence begins one, and none is long.
  static func filled(_ markdown: String) -> String {
    var lines: [String] = []
    var current = ""
    for word in inline(markdown).split(separator: " ") {
      let isFull = !current.isEmpty && current.utf8.count + 1 + word.utf8.count > width
      let isNext = current.hasSuffix(".") && word.first?.isUppercase ?? false
      if isFull || isNext {
        lines.append(current)
        current = ""
      }
      current += (current.isEmpty ? "" : " ") + word
    }
    if !current.isEmpty { lines.append(current) }
    return lines.map { line($0) + "\n" }.joined()
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\\": "\\e"
    case "'": "\\(aq"
    case "`": "\\(ga"
    case "^": "\\(ha"
    case "~": "\\(ti"
    case "\"": "\\(dq"
    case _ where scalar.isASCII: String(scalar)
    default: "\\[u" + padded(String(scalar.value, radix: 16, uppercase: true)) + "]"
    }
  }

  private static func padded(_ digits: String) -> String {
    String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
