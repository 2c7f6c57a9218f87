import CEditLine

/// Text that is safe on a terminal, with its width there: control characters are shown as `\u{1B}`.
package struct DisplayText: Sendable, Equatable {
  package let text: String
  /// In columns.
  package let width: Int

  package init(_ raw: String) {
    var text = ""
    for scalar in raw.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .format:
        text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    self.init(safe: text)
  }

  private init(safe text: String) {
    self.text = text
    self.width = Self.width(of: text.unicodeScalars)
  }

  /// The text cut to a width, with an ellipsis where something is missing.
  package func truncated(to limit: Int) -> DisplayText {
    guard width > limit else { return self }
    guard limit > 0 else { return DisplayText(safe: "") }
    var kept = ""
    var used = 0
    for character in text {
      let width = Self.width(of: character.unicodeScalars)
      if used + width > limit - 1 { break }
      kept.append(character)
      used += width
    }
    return DisplayText(safe: kept + "…")
  }

  private static func width(of scalars: some Sequence<Unicode.Scalar>) -> Int {
    scalars.reduce(0) { $0 + max(Int(cel_scalar_width($1.value)), 0) }
  }
}
