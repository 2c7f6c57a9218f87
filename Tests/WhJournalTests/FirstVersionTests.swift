import Foundation
import GRDB
import Testing
import WhDomain

@testable import WhJournal

/// `Fixtures/journal-0.1.0.sql` is what version 0.1.0 wrote, as `sqlite3` dumps it.
@Suite("A journal of version 0.1.0")
struct FirstVersionTests {
  private func make(at path: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/journal-0.1.0.sql")
    let sql = try String(contentsOf: file, encoding: .utf8)
    try DatabaseQueue(path: path).inDatabase { try $0.execute(sql: sql) }
  }

  @Test("is opened, and its outcomes get the current states")
  func outcomes() async throws {
    try await withTemporaryFolder { folder in
      try make(at: folder.journal)
      let journal = try Journal.sample(at: folder.journal)
      let intents = try await journal.allIntents(of: 1)
      #expect(
        intents.map(\.outcome?.state) == [
          .updated, .updated, .unchanged, .failed, .conflict, .created, .deleted, .unknown, .notAttempted, nil,
        ])
      #expect(intents.filter(\.isOpen).map(\.index) == [7, 8, 9])
      #expect(intents[5].outcome?.answer?.id.text == "whk_new")
      #expect(intents.map(\.change).prefix(5) == Samples.updates(5)[...])
      #expect(try await journal.check() == [])
    }
  }

  @Test("is migrated when it is read, if it is writable")
  func reading() async throws {
    try await withTemporaryFolder { folder in
      try make(at: folder.journal)
      let journal = try #require(try Journal.open(toRead: folder.journal))
      #expect(try await journal.run(4).counts == [.deleted: 1])
    }
  }

  @Test("keeps its runs and its ledger")
  func runs() async throws {
    try await withTemporaryFolder { folder in
      try make(at: folder.journal)
      let journal = try Journal.sample(at: folder.journal)
      let runs = try await journal.runs()
      #expect(runs.map(\.number) == [5, 4, 3, 2, 1])
      #expect(runs.map(\.state) == [.abandoned, .finished, .finished, .interrupted, .interrupted])
      #expect(runs[4].metadata == Samples.metadata())
      #expect(
        runs[4].counts == [
          .created: 1, .updated: 2, .deleted: 1, .unchanged: 1, .failed: 1, .conflict: 1, .unknown: 2, .notAttempted: 1,
        ])
      #expect(runs[2].counts == [.created: 1])
      #expect(runs[2].undoneBy == 4)
      #expect(runs[1].counts == [.deleted: 1])
      let ledger = journal.ledger(profile: "default", host: "api.example.com", folder: "/srv/migrations")
      #expect(try await ledger.entries().map(\.outcome) == [.baseline, .applied])
      #expect(try await journal.begin(Samples.metadata(), []).number == 6)
    }
  }
}
