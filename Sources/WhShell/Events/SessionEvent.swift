import WhDomain
import WhMigrations
import WhSession
import WhSyntax

/// What happens in a session, in the order in which it happens.
package enum SessionEvent: Sendable {
  /// The start-up script begins.
  case startUpBegan
  /// The start-up script ended. These statements bring a new session to where this one stands.
  case startUpEnded(setting: [String])
  /// Lines were read at the prompt.
  case typed([TypedLine])
  /// A text was read. With an error in it nothing of it runs. `typed` is the text where it was given as a whole.
  case read(Script, typed: Source?)
  case began(Statement)
  /// There is something to show, of the statement that runs if one does.
  case shown([Shown])
  case ended(Failure?)
  /// The rest of the line after a failed statement does not run.
  case abandoned(after: Statement)
  /// A script ended and left edits staged.
  case leftUncommitted(Diagnostic)
}

/// Something to show, as a value.
package enum Shown: Sendable {
  case output(Output)
  case diagnostic(Diagnostic)
  /// The result of a plan.
  case summary(PlanSummary)
  /// What `wh migrate status` found.
  case migrations([MigrationRow])
}

/// How the session wants to be shown at a moment.
package struct Presentation: Sendable {
  package let form: SessionOptions.OutputForm
  /// True where what is longer than the screen goes to the pager.
  package let isPaged: Bool

  package init(form: SessionOptions.OutputForm, isPaged: Bool = false) {
    self.form = form
    self.isPaged = isPaged
  }
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
      }
  }
}
