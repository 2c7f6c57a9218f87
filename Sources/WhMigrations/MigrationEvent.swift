import WhSyntax

/// What a migration reports while it runs.
package enum MigrationEvent: Sendable {
  case status([MigrationRow])
  case applying(script: String)
  /// Applying to the apps that a script was not applied to when it ran before.
  case catchingUp(script: String)
  case finishing(script: String, run: Int)
  /// A script that is pending comes before one that was applied already.
  case outOfOrder(script: String, overtakenBy: String)
  case verified(script: String, isAsExpected: Bool)
  /// A script without an `expect`, of which there is nothing to be seen.
  case expectsNothing(script: String)
  case baselined(count: Int)
  case nothingPending
  /// A script of a plan is recorded as applied to so many apps.
  case recorded(script: String, apps: Int)
  /// A plan was stopped, and none of its scripts is recorded.
  case notRecorded
  /// A variable of the command line that no script uses.
  case unusedVariable(String)
  /// The file that holds the folder's identity was written.
  case identified(file: String)
  /// What is wrong.
  case diagnostic(Diagnostic)
}
