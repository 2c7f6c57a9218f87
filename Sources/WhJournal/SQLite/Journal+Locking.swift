import Synchronization
import WhDomain

/// Locks, and the ledger.
extension Journal {
  package func lock(
    profile: String, host: String, shard: Shard?, holder: LockHolder
  ) async throws(LockProblem) -> any RunLock {
    try writerLock(profile: profile, host: host, holder: holder)
  }

  /// As `lock` does, at once.
  ///
  /// - Throws: `LockProblem`.
  package func writerLock(profile: String, host: String, holder: LockHolder) throws(LockProblem) -> WriterLock {
    let scope = LockScope(profile: profile, host: host)
    let lock = try WriterLock.acquire(profile: profile, host: host, journal: path, holder: holder) { [self] in
      ownLocks.withLock { _ = $0.remove(scope) }
    }
    ownLocks.withLock { _ = $0.insert(scope) }
    return lock
  }

  package func lockHolder(profile: String, host: String) async -> LockHolder? {
    holder(of: LockScope(profile: profile, host: host))
  }

  func holder(of scope: LockScope) -> LockHolder? {
    WriterLock.holder(profile: scope.profile, host: scope.host, journal: path)
  }

  /// True when the lock of a run's profile and server was given by this journal, and not to another process.
  func isOwn(_ run: Run) -> Bool {
    ownLocks.withLock { $0.contains(run.lockScope) }
  }

  package func ledger(profile: String, host: String, folder: String) -> any ScriptLedger {
    Ledger(self, profile: profile, host: host, folder: folder)
  }
}
