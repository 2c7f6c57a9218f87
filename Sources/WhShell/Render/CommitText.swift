import WhDomain
import WhSession
import WhSyntax

/// The report of a commit: everything that is not as requested, by its statements, and the counts.
struct CommitText {
  /// Without --verbose, only this many webhooks of a block of equals are listed; the rest are counted.
  private static let mostShown = 3
  /// The maximum number of columns shown of a statement.
  private static let widest = 160

  let style: Style
  let isVerbose: Bool
  /// What lists everything, as it is typed.
  var wholeBy = "--verbose"

  func text(of report: RunResult) -> String {
    var text = ""
    if isVerbose {
      for outcome in report.outcomes where outcome.state.isApplied && outcome.isFine {
        let state = outcome.state.rawValue
        text += "  \(state)\(String(repeating: " ", count: 15 - state.count))\(title(outcome))\n"
      }
    }
    for block in Block.blocks(of: report) { text += self.text(of: block) }
    let run = report.run.map { " (run \($0))" } ?? ""
    return text + style.paint("committed: " + report.counts(), report.isFine ? .added : .warning) + run
      + "\n"
  }

  // MARK: Blocks

  /// Outcomes that ended alike and came from the same statements, so that 500 equal failures are one block.
  private struct Block {
    struct Key: Hashable {
      let state: Outcome.State
      let origins: [Origin]
      /// Both sides of what was changed by others, so that what is folded is alike.
      let theirs: Difference?
      let yours: Difference?
    }

    let key: Key
    var outcomes: [Outcome] = []

    static func blocks(of report: RunResult) -> [Block] {
      var blocks: [Block] = []
      var places: [Key: Int] = [:]
      for outcome in report.outcomes where !outcome.isFine {
        let theirs = ChangeGroup.Item(outcome).theirs(isExact: false)
        let key = Key(
          state: outcome.state, origins: outcome.change.origins, theirs: theirs,
          yours: theirs == nil ? nil : Difference(outcome.change))
        let place = places[key] ?? blocks.count
        if place == blocks.count {
          places[key] = place
          blocks.append(Block(key: key))
        }
        blocks[place].outcomes.append(outcome)
      }
      return blocks
    }

    /// What was said of all of them; nil where that differs.
    var message: String? {
      let message = outcomes.first?.message
      return outcomes.allSatisfy { $0.message == message } ? message : nil
    }

    /// What the service refused is listed in full: each webhook needs a look.
    var isFoldable: Bool {
      switch key.state {
      case .notAttempted, .conflict, .appliedDifferently: true
      case .created, .updated, .deleted, .unchanged, .failed, .unknown: false
      }
    }
  }

  private func text(of block: Block) -> String {
    let count = block.outcomes.count
    let message = block.message
    var text = style.paint(block.key.state.rawValue, .warning) + ": \(count.counting("webhook"))"
    text += message.map { ": " + Printable.escaped($0) } ?? ""
    text += "\n" + block.key.origins.map(drawing).joined()
    let isFolded = !isVerbose && block.isFoldable && count > Self.mostShown
    for outcome in isFolded ? block.outcomes.prefix(Self.mostShown) : block.outcomes[...] {
      text += "  " + title(outcome)
      text += message == nil ? outcome.message.map { ": " + Printable.escaped($0) } ?? "" : ""
      text += "\n" + bothSides(outcome)
    }
    if isFolded { text += "  … and \(count - Self.mostShown) more (\(wholeBy) lists all)\n" }
    return text
  }

  /// A statement with its place and a caret, as in diagnostics.
  private func drawing(of origin: Origin) -> String {
    let gutter = String(repeating: " ", count: String(origin.line).count)
    let statement = Table.cut(Printable.escaped(origin.statement), to: Self.widest)
    let carets = String(repeating: "^", count: max(1, Printable.width(statement)))
    return """
      \(gutter)\(style.paint("-->", .accent)) \(Printable.escaped(origin.source)):\(origin.line):\(origin.column)
      \(gutter) \(style.paint("|", .accent))
      \(style.paint("\(origin.line) |", .accent)) \(statement)
      \(gutter) \(style.paint("|", .accent)) \(style.paint(carets, .warning))

      """
  }

  private func title(_ outcome: Outcome) -> String {
    DiffText(style: Style(isColoured: false)).title(of: outcome.change)
  }

  /// The webhook before, as it is now, and as requested, if it was changed by others.
  private func bothSides(_ outcome: Outcome) -> String {
    guard outcome.state == .conflict || outcome.state == .appliedDifferently, let theirs = outcome.answer,
      let before = outcome.change.before
    else { return "" }
    let diff = DiffText(style: style)
    // A deletion leaves no side of its own to show.
    let yours = outcome.change.after.map { [("yours", $0)] } ?? []
    return ([("theirs", theirs)] + yours).map { name, side in
      "    \(name):\n" + diff.lines(before: before, after: side).map { "    " + $0 + "\n" }.joined()
    }.joined()
  }
}
