import WhDomain
import WhSession
import WhSyntax

/// Turns what statements give back into text for standard output and standard error.
package protocol Renderer: Sendable {
  func render(_ output: Output) -> Rendering
  func render(_ diagnostic: Diagnostic) -> Rendering
  /// What `wh plan` prints.
  func render(_ summary: PlanSummary) -> Rendering
  /// What `wh migrate status` prints.
  func render(_ rows: [MigrationRow]) -> Rendering
}

/// Text for the two streams.
package struct Rendering: Sendable {
  package var output = ""
  package var error = ""

  package init(output: String = "", error: String = "") {
    self.output = output
    self.error = error
  }
}

/// What a plan comes to.
package struct PlanSummary: Sendable {
  package let plan: Plan
  /// Requests that reading took.
  package let reads: Int
  /// How long the writes take under the limit that was seen, in seconds; nil where none was.
  package let seconds: Double?

  package init(plan: Plan, reads: Int, seconds: Double?) {
    self.plan = plan
    self.reads = reads
    self.seconds = seconds
  }

  /// One write for each webhook that changes.
  package var writes: Int { plan.changes.count }
}
