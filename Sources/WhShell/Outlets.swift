import WhDomain
import WhSyntax

/// The ways by which output leaves other than to the screen: files and commands of the user's, and the pager.
package struct Outlets: Sendable {
  /// How a file is written.
  package enum FileMode: Sendable {
    /// In the place of what is there.
    case replace
    case append
  }

  /// True when a file is there that has something in it.
  package var isFilled: @Sendable (_ path: String) -> Bool
  package var write: @Sendable (_ path: String, _ text: String, FileMode) throws(FileProblem) -> Void
  /// Runs a command by the shell, hands it a text, and waits for its end.
  package var run: @Sendable (_ command: String, _ input: String) async -> CommandEnd
  /// Nil where nothing is shown page by page.
  package var pager: Pager?

  package init(
    isFilled: @escaping @Sendable (_ path: String) -> Bool,
    write: @escaping @Sendable (_ path: String, _ text: String, FileMode) throws(FileProblem) -> Void,
    run: @escaping @Sendable (_ command: String, _ input: String) async -> CommandEnd, pager: Pager? = nil
  ) {
    self.isFilled = isFilled
    self.write = write
    self.run = run
    self.pager = pager
  }
}

/// Shows what is longer than the screen page by page.
package struct Pager: Sendable {
  /// The terminal's size at the moment, in characters.
  let size: @Sendable () -> (columns: Int, rows: Int)?
  /// Shows a text; false when there is no such program.
  let run: @Sendable (_ text: String) async -> Bool

  package init(
    size: @escaping @Sendable () -> (columns: Int, rows: Int)?, run: @escaping @Sendable (_ text: String) async -> Bool
  ) {
    self.size = size
    self.run = run
  }

  /// Shows a text whose secrets are hidden already: by the pager, or as it is where it fits above a prompt.
  func show(_ text: String, _ console: Console) async {
    if let size = size(), Self.isLonger(text, than: size.rows - 1, columns: size.columns), await run(text) { return }
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
