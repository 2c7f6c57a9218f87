import WhSyntax

/// Text that is safe on a terminal, with its width there.
package struct DisplayText: Sendable, Equatable {
  package let text: String
  /// In columns.
  package let width: Int

  package init(_ raw: String) {
    self.init(safe: Printable.escaped(raw))
  }

  private init(safe text: String) {
    self.text = text
    self.width = Printable.width(text)
  }

  private init(safe text: String, width: Int) {
    (self.text, self.width) = (text, width)
  }

  /// The text with spaces after it.
  func padded(by count: Int) -> DisplayText {
    DisplayText(safe: text + String(repeating: " ", count: count), width: width + count)
  }

  static func + (left: DisplayText, right: DisplayText) -> DisplayText {
    DisplayText(safe: left.text + right.text, width: left.width + right.width)
  }

  /// The text cut to a width, with an ellipsis where something is missing.
  package func truncated(to limit: Int) -> DisplayText {
    guard width > limit else { return self }
    guard limit > 0 else { return DisplayText(safe: "") }
    var kept = ""
    var used = 0
    for character in text {
      let width = Printable.width(String(character))
      if used + width > limit - 1 { break }
      kept.append(character)
      used += width
    }
    return DisplayText(safe: kept + "…")
  }
}
