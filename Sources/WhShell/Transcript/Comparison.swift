import WhDomain

/// What a statement printed, laid beside what the transcript says that it prints.
struct Comparison {
  enum Row {
    /// A line that is as expected, or the first of those that fit a pattern.
    case same(Transcript.ExpectedLine)
    case missing(Transcript.ExpectedLine)
    case new(PrintedLine)

    var isSame: Bool { if case .same = self { true } else { false } }
  }

  let rows: [Row]
  let isEqual: Bool

  init(_ step: Replay.Step, _ masks: TranscriptMask) {
    let expected = step.entry.expected
    let whole = Self.rows(expected, step.printed, masks)
    let isWhole = whole.allSatisfy(\.isSame)
    let short = isWhole ? whole : Self.rows(expected, Self.withoutDetails(step), masks)
    let isShort = short.allSatisfy(\.isSame)
    rows = isShort ? short : whole
    isEqual = isShort && (step.failure != nil) == step.entry.isFailed
  }

  /// What was printed, without the details of diagnostics of which the transcript has the first line alone.
  private static func withoutDetails(_ step: Replay.Step) -> [PrintedLine] {
    let expected = step.entry.expected
    var bare: Set<PrintedLine> = []
    for (index, line) in expected.enumerated() {
      guard case .line(let line) = line, line.stream == .error, !line.isDetail else { continue }
      if index + 1 < expected.count {
        guard case .line(let next) = expected[index + 1], !next.isDetail else { continue }
      }
      bare.insert(line)
    }
    var isBare = false
    return step.printed.filter { line in
      if line.isDetail { return !isBare }
      isBare = bare.contains(line)
      return true
    }
  }

  // MARK: Laying side by side

  /// Above this number of pairs of lines, pairs are not searched for.
  private static let mostPairs = 4_000_000

  /// The fewest lines that are missing or new, found from the end: a table of how many follow each pair of
  /// places.
  private static func rows(_ expected: [Transcript.ExpectedLine], _ printed: [PrintedLine], _ masks: TranscriptMask)
    -> [Row]
  {
    func isSame(_ expected: Transcript.ExpectedLine, _ printed: PrintedLine) -> Bool {
      guard case .line(let line) = expected, line.stream == printed.stream else { return false }
      return line.text == printed.text || masks.masked(line.text) == masks.masked(printed.text)
    }
    var head = 0
    while head < min(expected.count, printed.count), isSame(expected[head], printed[head]) { head += 1 }
    var tail = 0
    let most = min(expected.count, printed.count) - head
    while tail < most, isSame(expected[expected.count - 1 - tail], printed[printed.count - 1 - tail]) { tail += 1 }
    let (before, after) = (expected[..<head].map(Row.same), expected[(expected.count - tail)...].map(Row.same))
    let (left, right) = (Array(expected[head..<expected.count - tail]), Array(printed[head..<printed.count - tail]))
    if left.isEmpty, right.isEmpty { return before + after }
    guard (left.count + 1) * (right.count + 1) <= mostPairs else {
      return before + left.map(Row.missing) + right.map(Row.new) + after
    }
    return before + Table(left, right, masks).rows + after
  }

  private struct Table {
    private let expected: [Transcript.ExpectedLine]
    private let printed: [PrintedLine]
    private let fits: [[Bool]]
    /// The cost from a pair of places on, and the cost after a pattern that may match more lines.
    private var cost: [[Int]]
    private var going: [[Int]]

    init(_ expected: [Transcript.ExpectedLine], _ printed: [PrintedLine], _ masks: TranscriptMask) {
      self.expected = expected
      self.printed = printed
      let shown = printed.map { PrintedLine($0.stream, masks.masked($0.text)) }
      fits = expected.map { line in
        switch line {
        case .line(let line):
          let masked = PrintedLine(line.stream, masks.masked(line.text))
          return shown.map { $0 == masked }
        case .pattern(let text):
          let glob = Glob(text)
          return printed.map { glob.matches($0.text) || glob.matches($0.comment) }
        }
      }
      cost = Array(repeating: Array(repeating: 0, count: printed.count + 1), count: expected.count + 1)
      going = cost
      for i in stride(from: expected.count, through: 0, by: -1) {
        for j in stride(from: printed.count, through: 0, by: -1) { fill(i, j) }
      }
    }

    private mutating func fill(_ i: Int, _ j: Int) {
      let (isExpected, isPrinted) = (i < expected.count, j < printed.count)
      var best = isExpected || isPrinted ? Int.max : 0
      if isExpected { best = min(best, cost[i + 1][j] + 1) }
      if isPrinted { best = min(best, cost[i][j + 1] + 1) }
      if isExpected {
        going[i][j] = cost[i + 1][j]
        if isPrinted, fits[i][j] {
          if isPattern(i) { going[i][j] = min(going[i][j], going[i][j + 1]) }
          best = min(best, isPattern(i) ? going[i][j + 1] : cost[i + 1][j + 1])
        }
      }
      cost[i][j] = best
    }

    private func isPattern(_ index: Int) -> Bool { if case .pattern = expected[index] { true } else { false } }

    var rows: [Row] {
      var rows: [Row] = []
      var (i, j) = (0, 0)
      while i < expected.count || j < printed.count {
        if i < expected.count, j < printed.count, fits[i][j],
          cost[i][j] == (isPattern(i) ? going[i][j + 1] : cost[i + 1][j + 1])
        {
          rows.append(.same(expected[i]))
          j += 1
          while isPattern(i), j < printed.count, fits[i][j], going[i][j] < cost[i + 1][j] { j += 1 }
          i += 1
        } else if i < expected.count, cost[i][j] == cost[i + 1][j] + 1 {
          rows.append(.missing(expected[i]))
          i += 1
        } else {
          rows.append(.new(printed[j]))
          j += 1
        }
      }
      return rows
    }
  }
}
