import WhSyntax

/// What a migration has to tell while it goes on.
package enum MigrationEvent: Sendable {
  case status([MigrationRow])
  case applying(script: String)
  /// Applying to the apps that a script was not applied to when it ran before.
  case catchingUp(script: String)
  case finishing(script: String, run: Int)
  case verified(script: String, isAsExpected: Bool)
  case baselined(count: Int)
  case nothingPending
  /// An error in a script.
  case diagnostic(Diagnostic)
  case problem(MigrationProblem)
}
