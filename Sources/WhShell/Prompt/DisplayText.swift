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
