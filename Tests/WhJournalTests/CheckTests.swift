import GRDB
import Testing
import WhDomain

@testable import WhJournal

@Suite("Checking a journal")
struct CheckTests {
  private static let cases: [(sql: String, problem: JournalProblem)] = [
    ("DELETE FROM intents WHERE id = 1 << 32 | 2", JournalProblem(run: 1, "2 of 3 intents found")),
    ("UPDATE runs SET intentCount = 4 WHERE number = 1", JournalProblem(run: 1, "3 of 4 intents found")),
    ("UPDATE runs SET openCount = 0 WHERE number = 1", JournalProblem(run: 1, "2 intents are open, not 0")),
    ("UPDATE outcomes SET state = 'lost'", JournalProblem(run: 1, "unknown state lost")),
    (
      "UPDATE intents SET action = 'move' WHERE id = 1 << 32",
      JournalProblem(run: 1, "an intent that is not an update, creation or deletion")
    ),
    (
      "UPDATE intents SET asked = '{' WHERE id = 1 << 32",
      JournalProblem(run: 1, "JSON in an unknown format")
    ),
    (
      "UPDATE intents SET before = '{}' WHERE id = 1 << 32",
      JournalProblem(run: 1, "an incomplete webhook")
    ),
    (
      "UPDATE intents SET webhookId = 'a/b' WHERE id = 1 << 32",
      JournalProblem(run: 1, "an invalid webhook id: it contains `/`, which is not allowed in an id")
    ),
    (
      "UPDATE intents SET appId = '..' WHERE id = 1 << 32",
      JournalProblem(run: 1, "an invalid app id: it consists only of dots")
    ),
    (
      "UPDATE intents SET id = 1 << 32 | 7 WHERE id = 1 << 32 | 2",
      JournalProblem(run: 1, "its intents are not numbered consecutively")
    ),
    (
      "INSERT INTO outcomes VALUES (1 << 32 | 9, 'updated', 1, NULL, 1, 0, NULL)",
      JournalProblem("1 outcomes without an intent")
    ),
    ("DELETE FROM runs", JournalProblem("3 intents without a run")),
    ("DELETE FROM origins", JournalProblem(run: 1, "a value of the wrong kind")),
    (
      "INSERT INTO scripts VALUES (1, 'p', 'h', 'f', 'n', 'x', 'lost', NULL, 0)", JournalProblem("unknown outcome lost")
    ),
  ]

  @Test("finds each kind of damage", arguments: 0..<cases.count)
  func damage(index: Int) async throws {
    let (sql, problem) = Self.cases[index]
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal)
      let run = try await journal.begin(Samples.metadata(), Samples.updates(3))
      run.record(Samples.done(Samples.update(0)), at: 0)
      try await run.finish()
      #expect(try await journal.check() == [])
      try await journal.perform { try $0.execute(sql: sql) }
      #expect(try await journal.check().contains(problem))
    }
  }

  @Test("what can't be read is an error that names the run")
  func unreadable() async throws {
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal)
      for _ in 0..<2 { _ = try await journal.begin(Samples.metadata(), Samples.updates(2)) }
      try await journal.perform { try $0.execute(sql: "UPDATE intents SET action = 'move' WHERE id >> 32 = 2") }
      #expect(try await journal.allIntents(of: 1).count == 2)
      await expectError(.corrupt(run: 2)) { _ = try await journal.allIntents(of: 2) }
    }
  }
}
