import GRDB

/// Opening an existing file.
extension Journal {
  /// Opens the journal at `path`; nil if it does not exist; it is not created.
  ///
  /// - Throws: `JournalError` as `init(path:environment:)` does.
  package static func open(
    ifExists path: String, environment: JournalEnvironment = .live
  ) throws(JournalError) -> Journal? {
    JournalFile.exists(at: path) ? try Journal(path: path, environment: environment) : nil
  }

  /// Opens the journal at `path` for reading alone; nil if it does not exist; it is not created. Neither the file nor its
  /// folder must be writable: only where they are, a journal of an earlier version is brought up to date first.
  ///
  /// - Throws: `JournalError` for a file that is damaged, can't be read, or is not a journal of this version or an earlier
  ///   one.
  package static func open(
    toRead path: String, environment: JournalEnvironment = .live
  ) throws(JournalError) -> Journal? {
    guard JournalFile.exists(at: path) else { return nil }
    guard JournalFile.isReadable(at: path) else { throw JournalError(.unreadable, at: path, JournalFile.reason) }
    do {
      try JournalFile.refuse(special: path)
      // A user who may only read the file can't make it safer either.
      try? JournalFile.protect(path)
      let database = try openToRead(path)
      switch try database.read(Migrations.state) {
      case .none: return nil
      case .earlier: if let journal = try? Journal(path: path, environment: environment) { return journal }
      case .current: break
      }
      return Journal(path, environment, database)
    } catch {
      let problem = JournalError(error, at: path)
      throw problem.kind == .unwritable ? JournalError(.unreadable, at: path, problem.detail) : problem
    }
  }

  private static func openToRead(_ path: String) throws -> DatabaseQueue {
    let configuration = configuration(for: path, isReadOnly: true)
    do {
      return try DatabaseQueue(path: path, configuration: configuration)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) && !JournalFile.hasLog(at: path)
    {
      // In WAL mode SQLite makes a file beside the database, also to read it, unless it is opened as immutable. Where
      // it may not create one, and it does not exist, this holds.
      return try DatabaseQueue(path: JournalFile.immutableURI(of: path), configuration: configuration)
    }
  }

  static func configuration(for path: String, isReadOnly: Bool = false) -> Configuration {
    var configuration = Configuration()
    configuration.label = "journal"
    configuration.readonly = isReadOnly
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { db in try Migrations.verify(db, at: path) }
    return configuration
  }
}
