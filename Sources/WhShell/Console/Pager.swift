import WhSyntax

/// Shows what is longer than the screen page by page.
package struct Pager: Sendable {
  /// The terminal's size at the moment, in characters.
  let size: @Sendable () -> (columns: Int, rows: Int)?
  /// True if lines wait that were typed ahead, which a pager would take for its commands.
  let isTypedAhead: @Sendable () -> Bool
  /// Shows a text; false if that failed.
  let run: @Sendable (_ text: String) async -> Bool

  package init(
    size: @escaping @Sendable () -> (columns: Int, rows: Int)?,
    isTypedAhead: @escaping @Sendable () -> Bool = { false },
    run: @escaping @Sendable (_ text: String) async -> Bool
  ) {
    self.size = size
    self.isTypedAhead = isTypedAhead
    self.run = run
  }

  /// Shows a text whose secrets are hidden already: by the pager, or as it is where it fits above a prompt.
  func show(_ text: String, _ console: Console) async {
    if let size = size(), Self.isLonger(text, than: size.rows - 1, columns: size.columns), !isTypedAhead(),
      await run(text)
    {
      return
    }
    if !text.isEmpty { console.print(text) }
  }

  /// Counts the rows of a text on the screen, without its colours.
  package static func isLonger(_ text: String, than rows: Int, columns: Int) -> Bool {
    var (count, width, isEscape) = (0, 0, false)
    for scalar in text.unicodeScalars {
      if isEscape {
        isEscape = !("A"..."Z").contains(scalar) && !("a"..."z").contains(scalar)
      } else if scalar == "\u{1B}" {
        isEscape = true
      } else if scalar == "\n" {
        count += 1 + max(0, width - 1) / max(1, columns)
        width = 0
        if count > rows { return true }
      } else {
        width += Printable.width(scalar)
      }
    }
    return false
  }
}
