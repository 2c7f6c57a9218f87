import WhDomain

/// The journal in a schema of a PostgreSQL database, which machines share: see docs/journal.md.
///
/// What each method does is one statement, or one transaction, that comes to the same when it is done twice. So it is done
/// again where the connection is lost before its answer came.
package final class PostgresJournal: RunLog {
  let link: PostgresLink
  let address: PostgresAddress
  let environment: JournalEnvironment

  package var place: String { address.shown }

  /// A journal whose tables are there; it connects when it is first used.
  ///
  /// - Parameter application: what the server's list of connections shows.
  init(
    _ address: PostgresAddress, _ environment: JournalEnvironment,
    _ limits: PostgresLink.Limits = PostgresLink.Limits(),
    application: String = "wh"
  ) {
    self.address = address
    self.environment = environment
    link = PostgresLink(address, environment, limits, application: application)
  }

  /// Opens the journal, and creates its schema and tables if missing, or brings them up to date.
  ///
  /// - Throws: `JournalError` where the server can't be reached, or holds something else, or a journal of a newer version.
  package static func open(
    _ address: PostgresAddress, environment: JournalEnvironment = .live
  ) async throws(JournalError) -> PostgresJournal {
    let journal = PostgresJournal(address, environment)
    try await journal.prepare()
    return journal
  }

  /// Creates what is missing of the schema and the tables.
  func prepare() async throws(JournalError) {
    try await link.perform { [address] in try PostgresSchema(address: address, connection: $0).prepare() }
  }

  /// Opens the journal; nil if its schema has no tables; they are not created.
  ///
  /// - Throws: `JournalError` as `open` does.
  package static func open(
    ifExists address: PostgresAddress, environment: JournalEnvironment = .live
  ) async throws(JournalError) -> PostgresJournal? {
    let journal = PostgresJournal(address, environment)
    let isThere = try await journal.link.perform { connection in
      let schema = PostgresSchema(address: address, connection: connection)
      let state = try schema.state()
      if state == .earlier { try schema.prepare() }
      return state != .none
    }
    return isThere ? journal : nil
  }

  package func close() async { await link.close() }

  /// The schema, as SQL takes it.
  var schema: String { address.quotedSchema }

  package func ledger(profile: String, host: String, folder: String) -> any ScriptLedger {
    PostgresLedger(self, profile: profile, host: host, folder: folder)
  }
}

/// Locks.
extension PostgresJournal {
  package func lock(
    profile: String, host: String, shard: Shard?, holder: LockHolder
  ) async throws(LockProblem) -> any RunLock {
    let scope = LockScope(profile: profile, host: host)
    let result: Result<PostgresHeldLock, LockProblem>
    do throws(JournalError) {
      result = try await link.perform { [link, address] connection -> Result<PostgresHeldLock, LockProblem> in
        do {
          let lock = try PostgresLocks.take(scope, shard, holder, connection, address)
          link.note(lock)
          return .success(lock)
        } catch let problem as LockProblem {
          return .failure(problem)
        }
      }
    } catch {
      throw .unusable(error)
    }
    return PostgresLock(link, try result.get())
  }

  package func lockHolder(profile: String, host: String) async -> LockHolder? {
    let scope = LockScope(profile: profile, host: host)
    return try? await link.perform { [address] connection in
      try PostgresLocks.live(scope, connection, address).first?.holder
    }
  }
}
