import GRDB

@testable import WhJournal

extension Journal {
  /// Makes the disk as good as full; nil is the size that the file has now.
  func limitPages(to count: Int?) async throws {
    try await perform { db in
      let count = try count ?? Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(count)")
    }
  }
}
