import WhDomain
import WhSession
import WhSyntax

/// How a replay differs from its transcript.
package struct ReplayReport: Sendable {
  private struct Difference: Sendable {
    let step: Replay.Step
    let rows: [Comparison.Row]
  }

  private let transcript: Transcript
  private let differences: [Difference]
  /// Statements that were run and compared, and those that the transcript has besides.
  private let compared: Int
  private let missed: Int

  package init(_ transcript: Transcript, _ steps: [Replay.Step]) {
    self.transcript = transcript
    let masks = TranscriptMask()
    let recorded = steps.filter(\.entry.isRecorded)
    differences = recorded.compactMap { step in
      let comparison = Comparison(step, masks)
      return comparison.isEqual ? nil : Difference(step: step, rows: comparison.rows)
    }
    compared = recorded.count
    missed = transcript.parts.reduce(0) { $0 + $1.entries.count { $0.isRecorded } } - compared
  }

  package var isEqual: Bool { differences.isEmpty && missed == 0 }

  /// Each statement that differs with what is missing and what is new, and a last line that says how many there are.
  package func text(_ terminal: TerminalTraits) -> String {
    let style = Style(isColoured: terminal.hasColourOutput)
    return differences.map { text(of: $0, style) }.joined() + summary + "\n"
  }

  /// The same as lines of JSON: an object for each statement that differs, and one for the whole.
  package var json: String {
    let lines = differences.map { difference in
      let rows = difference.rows
      let missing = rows.compactMap { if case .missing(let line) = $0 { line.comment } else { nil } }
      let new = rows.compactMap { if case .new(let line) = $0 { line.comment } else { nil } }
      return JSONRenderer.line(
        "difference",
        [
          ("transcript", .string(transcript.name)), ("line", .number(difference.step.entry.line)),
          ("statement", .string(difference.step.entry.text)), ("missing", .strings(missing)), ("new", .strings(new)),
          ("failed", .bool(difference.step.failure != nil)), ("wasFailed", .bool(difference.step.entry.isFailed)),
        ])
    }
    let whole = JSONRenderer.line(
      "replay",
      [
        ("transcript", .string(transcript.name)), ("asRecorded", .bool(isEqual)),
        ("statements", .number(compared + missed)), ("differ", .number(differences.count)),
        ("notReached", .number(missed)),
      ])
    return lines.joined() + whole
  }

  private func text(of difference: Difference, _ style: Style) -> String {
    let entry = difference.step.entry
    let statement = entry.text.split(separator: "\n").map { Printable.escaped(String($0)) }.joined(separator: "\n    ")
    var text = style.paint("\(Printable.escaped(transcript.name)):\(entry.line):", .heading) + " \(statement)\n"
    for row in difference.rows {
      switch row {
      case .same(let line): text += "    \(Printable.escaped(line.comment))\n"
      case .missing(let line): text += style.paint("  - \(Printable.escaped(line.comment))", .removed) + "\n"
      case .new(let line): text += style.paint("  + \(line.comment)", .added) + "\n"
      }
    }
    let fails = difference.step.failure != nil
    if fails != entry.isFailed { text += "    (\(fails ? "it now fails" : "it no longer fails"))\n" }
    return text + "\n"
  }

  private var summary: String {
    let name = Printable.escaped(transcript.name)
    let total = compared + missed
    let statements = total.counting("statement")
    if isEqual { return "\(name): \(statements), as recorded" }
    let others = differences.isEmpty ? "" : "\(differences.count) of \(statements) differ"
    let rest = missed == 0 ? "" : "\(missed) of \(statements) not reached"
    return "\(name): " + [others, rest].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The transcript with the current output where it differs; patterns that match are kept.
  package var updatedText: String {
    var replaced: [Int: Difference] = [:]
    var dropped: Set<Int> = []
    for difference in differences {
      replaced[difference.step.entry.places.lowerBound] = difference
      dropped.formUnion(difference.step.entry.places)
      dropped.formUnion(difference.step.entry.expectedPlaces)
    }
    var lines: [String] = []
    for (index, line) in transcript.lines.enumerated() {
      if let difference = replaced[index] { lines += Self.lines(of: difference) }
      if !dropped.contains(index) { lines.append(line) }
    }
    return lines.joined(separator: "\n")
  }

  private static func lines(of difference: Difference) -> [String] {
    let statement = difference.step.entry.text.split(separator: "\n", omittingEmptySubsequences: false)
    let prefix = difference.step.failure == nil ? "" : Transcript.failed + " "
    return statement.map { prefix + $0 }
      + difference.rows.compactMap { row in
        switch row {
        case .same(let line): line.comment
        case .missing: nil
        case .new(let line): line.comment
        }
      }
  }
}
