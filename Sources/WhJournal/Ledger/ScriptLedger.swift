import WhDomain

/// Which scripts of a folder were applied with a profile on a server.
package protocol ScriptLedger: Sendable {
  /// Everything that is known of the folder's scripts, in the order of their names.
  ///
  /// - Throws: `JournalError`.
  func entries() async throws(JournalError) -> [LedgerEntry]

  /// Writes what came of a script; durable on return. The apps that are not named keep what was written of them before.
  ///
  /// - Parameters:
  ///   - outcome: of the script as a whole.
  ///   - run: the run of the journal; nil for a script that changed nothing.
  ///   - apps: what came of it in each app that it was run for.
  /// - Throws: `JournalError`, and then nothing is written.
  func record(
    _ script: MigrationScript, _ outcome: LedgerEntry.Outcome, run: Int?, apps: [AppID: LedgerEntry.Outcome]
  ) async throws(JournalError)

  /// Takes scripts for applied that were never run here, or failed; durable on return. Those that were applied stay as they
  /// are.
  ///
  /// - Throws: `JournalError`, and then nothing is written.
  func baseline(_ scripts: [MigrationScript]) async throws(JournalError)
}

extension ScriptLedger {
  /// Where each script stands.
  ///
  /// - Throws: `JournalError`.
  package func statuses(of scripts: [MigrationScript]) async throws(JournalError) -> [MigrationStatus] {
    MigrationStatus.compare(scripts, with: try await entries())
  }
}
