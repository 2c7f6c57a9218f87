import WhSession
import WhSyntax

/// Texts for XML and HTML: secrets hidden, control characters shown by number, and what is markup escaped.
struct Markup {
  let redactor: Redactor

  func text(_ raw: String) -> String {
    var result = ""
    for scalar in redactor.redact(Printable.escaped(raw)).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      // No text of XML 1.0 may hold these (section 2.2).
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Several lines, each on its own.
  func lines(_ lines: [String]) -> String { lines.map(text).joined(separator: "\n") }
}
