import Testing
import WhDomain

@testable import WhJournal

@Suite("A full disk")
struct FullDiskTests {
  @Test("refuses a run before anything is sent, and leaves no trace of it")
  func begin() async throws {
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal, pageLimit: 40)
      let changes = Samples.updates(1000)
      await expectError(.full) { _ = try await journal.begin(Samples.metadata(), changes) }
      #expect(try await journal.runs() == [])
      #expect(try await journal.check() == [])
      let run = try await journal.begin(Samples.metadata(), Samples.updates(3))
      #expect(run.number == 1)
      await expectError(.full) { _ = try await run.append(changes) }
      #expect(try await journal.run(1).intentCount == 3)
      #expect(try await journal.check() == [])
    }
  }

  @Test("lets old runs be pruned, which frees space")
  func prune() async throws {
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal)
      let changes = Samples.updates(100)
      let run = try await journal.begin(Samples.metadata(), changes)
      for index in changes.indices { run.record(Samples.done(changes[index]), at: index) }
      #expect(try await run.finish().state == .finished)
      try await journal.limitPages(to: nil)
      await expectError(.full) { _ = try await journal.begin(Samples.metadata(), changes) }
      #expect(try await journal.prune(olderThan: Moment.sample.adding(seconds: 1), profile: nil, host: nil) == 1)
      #expect(try await journal.begin(Samples.metadata(), changes).number == 2)
    }
  }
}
