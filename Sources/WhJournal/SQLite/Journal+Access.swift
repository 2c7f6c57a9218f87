import GRDB

/// Work on the database, in its own queue.
extension Journal {
  /// Does work in one transaction of its own, which is on disk when this returns.
  func write<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalError) -> Value {
    try await perform { db in try db.transaction(.immediate) { try work(db) } }
  }

  /// Does work that reads one state of the file.
  func read<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalError) -> Value {
    try await perform { db in try db.transaction(.deferred) { try work(db) } }
  }

  /// Does work outside of any transaction.
  func perform<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalError) -> Value {
    let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
      submit { db in continuation.resume(returning: Result { try work(db) }) }
    }
    do {
      return try result.get()
    } catch {
      throw JournalError(error, at: path)
    }
  }
}

extension Database {
  /// Does work in one transaction, which is rolled back when the work throws.
  func transaction<Value>(_ kind: TransactionKind, _ work: () throws -> Value) throws -> Value {
    try beginTransaction(kind)
    do {
      let value = try work()
      try commit()
      return value
    } catch {
      // A full disk has rolled it back already.
      try? rollback()
      throw error
    }
  }
}
