import Testing
import WhDomain

@testable import WhJournal

@Suite("The cost of the journal")
struct PerformanceTests {
  @Test("of 100,000 webhooks is printed, and all of them exist")
  func manyWebhooks() async throws {
    try await withTemporaryFolder { folder in
      let count = 100_000
      let changes = Samples.updates(count)
      let journal = try Journal(path: folder.journal)
      let clock = ContinuousClock()
      let start = clock.now
      let run = try await journal.begin(Samples.metadata(), changes)
      let begun = clock.now
      for index in changes.indices { run.record(Samples.done(changes[index]), at: index) }
      let recorded = clock.now
      let finished = try await run.finish()
      let ended = clock.now
      print(
        "journal: \(count) intents \(begun - start), recording \(recorded - begun), writing \(ended - recorded)")
      #expect((finished.state, finished.count(.updated)) == (.finished, count))
      #expect(try await journal.intents(of: 1, .all, from: count - 1, limit: 2).map(\.change) == [changes[count - 1]])
    }
  }
}
