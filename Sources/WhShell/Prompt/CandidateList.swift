/// Lays candidates out for a terminal of some size.
package struct CandidateList: Sendable {
  /// The terminal's size in cells.
  package var rows: Int
  package var columns: Int

  package init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  /// The lines to print: at most as many as leave room for the prompt, the last of which says how many candidates had
  /// no place. Where hints would leave candidates without one, and names alone would not, the hints are left out.
  ///
  /// - Parameter omitted: how many candidates there are besides.
  package func lines(_ candidates: [Candidate], omitted: Int = 0) -> [String] {
    let hasHints = candidates.contains { $0.hint != nil }
    if hasHints, candidates.count <= limit || candidates.count > limit * Self.mostColumns || omitted > 0 {
      return hinted(candidates, omitted)
    }
    let columns = inColumns(cells(candidates), omitted)
    return hasHints && !columns.isWhole ? hinted(candidates, omitted) : columns.lines
  }

  /// Lines to leave for the prompt and the line being typed.
  private var limit: Int { max(rows - 3, 1) }
  /// The spaces between two columns.
  static let gap = 2
  /// Candidates that need more columns than this are not shown in full.
  private static let mostColumns = 8

  private func hinted(_ candidates: [Candidate], _ omitted: Int) -> [String] {
    let lines = withHints(candidates.prefix(limit)).map(\.text)
    guard candidates.count > limit || omitted > 0 else { return lines }
    let visible = min(max(limit - 1, 1), lines.count)
    return lines.prefix(visible) + [Self.more(candidates.count - visible + omitted)]
  }

  /// A line for each, with its hint in a column.
  func withHints(_ candidates: some Collection<Candidate>) -> [DisplayText] {
    let names = candidates.map { DisplayText($0.display) }
    let hintColumn = min(names.map(\.width).max() ?? 0, columns / 2) + Self.gap
    return zip(names, candidates).map { name, candidate in
      let shown = name.truncated(to: max(columns - 1, 1))
      guard let hint = candidate.hint, !hint.isEmpty else { return shown }
      // A name too wide for its column pushes its hint along.
      let padding = max(hintColumn - shown.width, Self.gap)
      let left = columns - 1 - shown.width - padding
      return left > 3 ? shown.padded(by: padding) + DisplayText(hint).truncated(to: left) : shown
    }
  }

  /// The names alone, none wider than the screen.
  func cells(_ candidates: [Candidate]) -> [DisplayText] {
    candidates.map { DisplayText($0.display).truncated(to: max(columns - 1, 1)) }
  }

  /// How many cells of one width fit in a row.
  func perRow(_ cells: [DisplayText]) -> Int {
    let cell = (cells.map(\.width).max() ?? 0) + Self.gap
    // The last column needs no gap, and the last cell of a row stays free so that the terminal does not wrap.
    return max((columns - 1 + Self.gap) / cell, 1)
  }

  /// Down the columns and then across, as `ls` does.
  private func inColumns(_ shown: [DisplayText], _ omitted: Int) -> (lines: [String], isWhole: Bool) {
    let cell = (shown.map(\.width).max() ?? 0) + Self.gap
    let perLine = perRow(shown)
    let fits = min((shown.count + perLine - 1) / perLine, limit)
    let isCut = shown.count > fits * perLine || omitted > 0
    let height = isCut ? max(fits - 1, 1) : fits
    let visible = shown.prefix(height * perLine)
    let lines = (0..<height).map { row in
      var line = ""
      for index in stride(from: row, to: visible.count, by: height) {
        line += visible[index].text
        if index + height < visible.count {
          line += String(repeating: " ", count: cell - visible[index].width)
        }
      }
      return line
    }
    return isCut ? (lines + [Self.more(shown.count - visible.count + omitted)], false) : (lines, true)
  }

  private static func more(_ count: Int) -> String { "\(count) more" }
}
