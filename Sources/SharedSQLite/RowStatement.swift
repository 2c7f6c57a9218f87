import GRDB
import GRDBSQLite

/// A statement that is executed for very many rows. It binds values directly, because GRDB's argument containers took more time
/// than SQLite did to write the rows. Use it only on the queue of its database.
package struct RowStatement {
  private let statement: Statement
  private let db: Database
  private var column: Int32 = 0
  private var code = SQLITE_OK

  /// Makes SQLite copy a text before the call returns (sqlite.org/c3ref/c_static.html).
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  /// - Throws: `DatabaseError` for a statement that SQLite does not take.
  package init(_ db: Database, sql: String) throws {
    self.db = db
    statement = try db.cachedStatement(sql: sql)
  }

  /// Binds a number to the next parameter; nil is `NULL`.
  package mutating func bind(_ number: Int64?) {
    let place = next()
    note(
      number.map { sqlite3_bind_int64(statement.sqliteStatement, place, $0) }
        ?? sqlite3_bind_null(statement.sqliteStatement, place))
  }

  /// Binds a text to the next parameter; nil is `NULL`.
  package mutating func bind(_ text: String?) {
    let place = next()
    guard var text else { return note(sqlite3_bind_null(statement.sqliteStatement, place)) }
    // The bytes of an empty text may have no address, which would mean `NULL`.
    guard !text.isEmpty else { return note(sqlite3_bind_text(statement.sqliteStatement, place, "", 0, Self.transient)) }
    note(
      text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { characters in
          sqlite3_bind_text64(
            statement.sqliteStatement, place, characters.baseAddress, UInt64(characters.count), Self.transient,
            UInt8(SQLITE_UTF8))
        }
      })
  }

  /// Executes it with what was bound, and begins with the first parameter again.
  ///
  /// - Throws: `DatabaseError`, also of a value that could not be bound.
  package mutating func execute() throws {
    defer { column = 0 }
    if code == SQLITE_OK {
      let result = sqlite3_step(statement.sqliteStatement)
      if result != SQLITE_DONE, result != SQLITE_ROW { code = result }
    }
    defer { code = SQLITE_OK }
    // The reset replaces the message.
    let error =
      code == SQLITE_OK
      ? nil
      : DatabaseError(
        resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(db.sqliteConnection)),
        sql: statement.sql)
    sqlite3_reset(statement.sqliteStatement)
    if let error { throw error }
  }

  private mutating func next() -> Int32 {
    column += 1
    return column
  }

  private mutating func note(_ result: Int32) {
    if code == SQLITE_OK { code = result }
  }
}
