import WhDomain
import WhMigrations
import WhSession
import WhSyntax

/// Something to show, as a value.
package enum Shown: Sendable {
  case output(Output)
  case diagnostic(Diagnostic)
  /// The result of a plan.
  case summary(PlanSummary)
  /// The beginning of what is shown of a session, where several run at the same time.
  case session(profile: String)
  /// What `wh migrate status` found.
  case migrations([MigrationRow])
  /// A line of `wh doctor`.
  case finding(Finding)
  /// The last line of `wh doctor`.
  case verdict(Verdict)
}

// MARK: Migrations

extension Shown {
  /// What is shown of a migration's event.
  package init(_ event: MigrationEvent) {
    self =
      switch event {
      case .status(let rows): .migrations(rows)
      case .diagnostic(let diagnostic): .diagnostic(diagnostic)
      case .outOfOrder(let script, let last):
        .output(.note("\(script) is pending, but the later \(last) is already applied"))
      case .identified(let file): .output(.note("wrote \(file); commit it with the scripts"))
      case .applying(let script): .output(.text("\(script): applying"))
      case .catchingUp(let script): .output(.text("\(script): catching up"))
      case .finishing(let script, let run): .output(.text("\(script): finishing run \(run)"))
      case .verified(let script, let isAsExpected):
        .output(.text("\(script): \(isAsExpected ? "as expected" : "not as expected")"))
      case .expectsNothing(let script): .output(.text("\(script): no expectations"))
      case .baselined(let count):
        .output(.text("\(count.counting("script")) marked as applied"))
      case .nothingPending: .output(.text("nothing pending"))
      case .recorded(let script, let count):
        .output(.text("\(script): applied to \(count.counting("app"))"))
      case .notRecorded:
        .output(.note("no script is recorded yet: run `wh resume`, and then `wh apply` with the plan again"))
      case .unusedVariable(let name): .output(.unusedVariable(name))
      }
  }
}
