import GRDB
import SharedSQLite
import Testing

/// Rows whose values go straight to SQLite.
@Suite struct RowStatementTests {
  private static func database() throws -> DatabaseQueue {
    let database = try DatabaseQueue()
    try database.write { try $0.execute(sql: "CREATE TABLE rows (key INTEGER PRIMARY KEY, text TEXT)") }
    return database
  }

  @Test(arguments: [nil, "", "a", "é日😀", String(repeating: "x", count: 100_000)] as [String?])
  func textsComeBack(_ text: String?) throws {
    try Self.database().write { db in
      var statement = try RowStatement(db, sql: "INSERT INTO rows (key, text) VALUES (?, ?)")
      statement.bind(Int64.min)
      statement.bind(text)
      try statement.execute()
      let row = try #require(try Row.fetchOne(db, sql: "SELECT key, text, typeof(text) AS type FROM rows"))
      #expect(row["key"] as Int64 == .min)
      #expect(row["text"] as String? == text)
      #expect(row["type"] as String == (text == nil ? "null" : "text"))
    }
  }

  @Test func numbersMayBeMissing() throws {
    try Self.database().write { db in
      var statement = try RowStatement(db, sql: "INSERT INTO rows (key, text) VALUES (?, ?)")
      for _ in 0..<2 {
        statement.bind(nil as Int64?)
        statement.bind("x")
        try statement.execute()
      }
      #expect(try Int64.fetchAll(db, sql: "SELECT key FROM rows") == [1, 2])
    }
  }

  @Test func anErrorNamesItselfAndEndsNothing() throws {
    try Self.database().write { db in
      var statement = try RowStatement(db, sql: "INSERT INTO rows (key, text) VALUES (?, ?)")
      let insert = { (key: Int64) in
        statement.bind(key)
        statement.bind("x")
        try statement.execute()
      }
      try insert(1)
      let error = #expect(throws: DatabaseError.self) { try insert(1) }
      #expect(error?.resultCode == .SQLITE_CONSTRAINT && error?.message?.contains("rows.key") == true)
      try insert(2)
      // One parameter more than there are.
      statement.bind(3)
      statement.bind("x")
      statement.bind("y")
      #expect(throws: DatabaseError.self) { try statement.execute() }
      try insert(4)
      #expect(try Int64.fetchAll(db, sql: "SELECT key FROM rows") == [1, 2, 4])
    }
  }
}
