import WhAPI
import WhDomain
import WhMigrations
import WhSession
import WhSyntax

/// Turns what statements give back into text for standard output and standard error.
package protocol Renderer: Sendable {
  func render(_ output: Output) -> Rendering
  func render(_ diagnostic: Diagnostic) -> Rendering
  /// What `wh plan` prints.
  func render(_ summary: PlanSummary) -> Rendering
  /// What stands above the output of one of several sessions.
  func render(session profile: String) -> Rendering
  /// What `wh migrate status` prints.
  func render(_ rows: [MigrationRow]) -> Rendering
  /// What `wh doctor` prints.
  func render(_ finding: Finding) -> Rendering
  func render(_ verdict: Verdict) -> Rendering
}

extension Renderer {
  func render(_ shown: Shown) -> Rendering {
    switch shown {
    case .output(let output): render(output)
    case .diagnostic(let diagnostic): render(diagnostic)
    case .summary(let summary): render(summary)
    case .session(let profile): render(session: profile)
    case .migrations(let rows): render(rows)
    case .finding(let finding): render(finding)
    case .verdict(let verdict): render(verdict)
    }
  }
}

/// Text for the two streams.
package struct Rendering: Sendable {
  /// Hands over the text for standard output piece by piece, each of whole lines, so that a report of 100,000 webhooks is
  /// never in memory as a whole.
  package let writeOutput: @Sendable (_ sink: (String) -> Void) -> Void
  package let error: String
  /// True when the encoder of the output has masked its secrets already, value by value. A search for secrets in the text
  /// would break it.
  package private(set) var isMasked = false

  /// The same text, masked by its encoder.
  package var masked: Rendering {
    var rendering = self
    rendering.isMasked = true
    return rendering
  }

  package init(output: String = "", error: String = "") {
    self.error = error
    writeOutput = { sink in if !output.isEmpty { sink(output) } }
  }

  /// The text of each row, one after the other, between a first and a last one.
  package init<Row: Sendable>(
    first: String = "", rows: [Row], last: String = "", _ text: @escaping @Sendable (Row) -> String
  ) {
    error = ""
    writeOutput = { sink in
      var piece = first
      for row in rows {
        piece += text(row)
        if piece.utf8.count >= Self.pieceSize {
          sink(piece)
          piece = ""
        }
      }
      piece += last
      if !piece.isEmpty { sink(piece) }
    }
  }

  /// In bytes, about.
  private static let pieceSize = 1 << 16

  /// The text for standard output as a whole.
  package var output: String {
    var whole = ""
    writeOutput { whole += $0 }
    return whole
  }
}

/// The result of a plan.
package struct PlanSummary: Sendable {
  package let plan: Plan
  /// The profile of each change.
  package let profiles: [String?]
  /// Requests that reading took.
  package let reads: Int
  /// One for each webhook that a commit changes: several commits may change one webhook.
  package let writes: Int
  /// How long a run of the plan takes under the limit that was seen, in seconds; nil where none was.
  package let seconds: Double?

  package init(plan: Plan, reads: Int, seconds: Double?) {
    self.plan = plan
    profiles = plan.changes.map { _ in nil }
    self.reads = reads
    writes = plan.changes.count
    self.seconds = seconds
  }

  /// What the dry runs of a session come to.
  package init(of dryRuns: DryRuns, in session: Interpreter) async {
    let options = await session.currentOptions()
    let parts = dryRuns.parts(recheck: options.conflicts == .overwrite ? nil : .seconds(options.recheck))
    plan = Plan(parts.flatMap(\.plan.changes))
    profiles = parts.flatMap { part in part.plan.changes.map { _ in part.profile } }
    reads = parts.reduce(0) { $0 + $1.reads }
    writes = parts.reduce(0) { $0 + $1.writes }
    let times = parts.compactMap(\.time)
    seconds = times.isEmpty ? nil : times.reduce(.zero, +).inSeconds
  }

  /// Each change with its profile.
  var items: [ChangeGroup.Item] {
    zip(plan.changes, profiles).map { ChangeGroup.Item($0, profile: $1) }
  }

  /// True where more than one profile is involved, so that each is to be named.
  var hasProfiles: Bool { Set(profiles).count > 1 }

}
