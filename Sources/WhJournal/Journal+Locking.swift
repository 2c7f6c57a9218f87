/// Locks, and the ledger.
extension Journal {
  package func lock(profile: String, host: String, holder: LockHolder) async throws(LockProblem) -> any RunLock {
    try WriterLock.acquire(profile: profile, host: host, journal: path, holder: holder)
  }

  package func lockHolder(profile: String, host: String) async -> LockHolder? {
    WriterLock.holder(profile: profile, host: host, journal: path)
  }

  package func ledger(profile: String, host: String, folder: String) -> any ScriptLedger {
    Ledger(self, profile: profile, host: host, folder: folder)
  }
}
