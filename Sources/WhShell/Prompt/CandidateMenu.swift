/// A list of candidates below the line, in which one is selected: as many in a row as fit, or one in a row with a hint beside it.
struct CandidateMenu: Sendable {
  /// Where a key goes from the selected candidate.
  enum Move {
    case next, previous, up, down, left, right
  }

  /// With fewer rows below the line there is no menu.
  static let leastRows: Int32 = 3

  /// What the candidates stand in the place of.
  let typed: String
  private let candidates: [Candidate]
  private let cells: [DisplayText]
  private let columns: Int
  /// How many candidates there are besides.
  private let omitted: Int
  private let appendsSpace: Bool
  private let hasHints: Bool
  /// How many rows all of them take.
  private let height: Int
  private var selected = 0
  /// The first row that is shown.
  private var top = 0

  /// - Parameter columns: how wide the screen is.
  init(_ result: CompletionResult, typed: String, columns: Int) {
    // Of many the last one says only how far their texts agree.
    let isCut = result.omitted > 0 && result.candidates.count > 1
    candidates = isCut ? result.candidates.dropLast() : result.candidates
    omitted = result.omitted + (isCut ? 1 : 0)
    self.typed = typed
    self.columns = columns
    appendsSpace = result.appendSpace
    let list = CandidateList(rows: .max, columns: columns)
    hasHints = candidates.contains { $0.hint != nil }
    cells = hasHints ? list.withHints(candidates) : list.cells(candidates)
    let perRow = hasHints ? 1 : list.perRow(cells)
    height = max((cells.count + perRow - 1) / perRow, 1)
  }

  /// The selected text.
  var text: String { candidates[selected].text }

  /// The selected text with what follows it when it is taken: a space, unless a path goes on.
  var taken: String { text + (appendsSpace && !text.hasSuffix("/") ? " " : "") }

  mutating func move(_ move: Move) {
    let count = candidates.count
    switch move {
    case .next, .down: selected = (selected + 1) % count
    case .previous, .up: selected = (selected + count - 1) % count
    case .left: if selected >= height { selected -= height }
    case .right: selected = min(selected + height, max(count - 1, selected))
    }
  }

  /// The rows to show, at most so many: with the selected candidate in reverse video, and a last one that says where it is when
  /// they are not all.
  mutating func lines(rows: Int) -> [String] {
    // What was printed before stays in view.
    let most = min(rows, max(rows / 2, Self.usualRows))
    guard most > 1 else { return [] }
    let isWhole = height <= most && omitted == 0
    let shown = min(isWhole ? most : most - 1, height)
    let row = selected % height
    top = min(max(top, row - shown + 1), row, height - shown)
    let lines = (top..<top + shown).map(line)
    return isWhole ? lines : lines + [position]
  }

  private static let usualRows = 10

  /// Down the columns and then across.
  private func line(_ row: Int) -> String {
    let cell = (cells.map(\.width).max() ?? 0) + CandidateList.gap
    var line = ""
    for index in stride(from: row, to: cells.count, by: height) {
      let text = cells[index].text
      line += index == selected ? "\u{1B}[7m\(text)\u{1B}[0m" : text
      if index + height < cells.count { line += String(repeating: " ", count: cell - cells[index].width) }
    }
    return line
  }

  private var position: String {
    let place = "\(selected + 1) of \(candidates.count + omitted)"
    let rest = omitted > 0 ? ", type more to see the last \(omitted)" : ""
    return DisplayText(place + rest).truncated(to: columns - 1).text
  }
}
