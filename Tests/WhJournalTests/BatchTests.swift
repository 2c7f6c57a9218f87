import Foundation
import GRDB
import Testing
import WhDomain

@testable import WhJournal

@Suite("Outcomes in the background")
struct BatchTests {
  /// How many outcomes are on disk, as another process sees it.
  private func written(_ path: String) throws -> Int {
    let reader = try DatabaseQueue(path: path)
    return try reader.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM outcomes") ?? 0 }
  }

  @Test("wait for a timer, and are written together")
  func timer() async throws {
    try await withTemporaryFolder { folder in
      let time = ManualTime()
      let journal = try Journal.sample(at: folder.journal, time: time)
      let changes = Samples.updates(10)
      let run = try await journal.begin(Samples.metadata(), changes)
      for index in 0..<9 { run.record(Samples.done(changes[index]), at: index) }
      #expect(time.timerCount == 1)
      #expect(try written(folder.journal) == 0)
      time.fire()
      // The database runs one write after the other, so what the timer handed over is done before this.
      _ = try await journal.runs()
      #expect(try written(folder.journal) == 9)
      #expect(time.timerCount == 0)
      run.record(Samples.done(changes[9]), at: 9)
      #expect(time.timerCount == 1)
    }
  }

  @Test("are written without a timer when there are many")
  func full() async throws {
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal)
      let changes = Samples.updates(OutcomeBatches.size)
      let run = try await journal.begin(Samples.metadata(), changes)
      for index in changes.indices.dropLast() { run.record(Samples.done(changes[index]), at: index) }
      _ = try await journal.runs()
      #expect(try written(folder.journal) == 0)
      run.record(Samples.done(changes[changes.count - 1]), at: changes.count - 1)
      _ = try await journal.runs()
      #expect(try written(folder.journal) == OutcomeBatches.size)
    }
  }

  @Test("are written even if the task is cancelled")
  func cancellation() async throws {
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal)
      let change = Samples.update()
      let run = try await journal.begin(Samples.metadata(), [change])
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        run.record(Samples.done(change), at: 0)
        #expect(Task.isCancelled)
        return try await run.finish().state
      }
      #expect(try await task.value == .finished)
    }
  }

  @Test("are kept while the disk is full, and written when it is not")
  func fullDisk() async throws {
    try await withTemporaryFolder { folder in
      let time = ManualTime()
      let journal = try Journal.sample(at: folder.journal, time: time)
      let changes = Samples.updates(700)
      let run = try await journal.begin(Samples.metadata(), changes)
      try await journal.limitPages(to: nil)
      for index in changes.indices { run.record(Samples.done(changes[index]), at: index) }
      await expectError(.full) { try await run.flush() }
      #expect(run.problem?.kind == .full)
      #expect(try written(folder.journal) == 0)
      await expectError(.full) { try await run.finish() }
      #expect(time.timerCount == 1)
      try await journal.limitPages(to: 100_000)
      time.fire()
      _ = try await journal.runs()
      #expect(run.problem == nil)
      #expect(try written(folder.journal) == 700)
      #expect(try await run.finish().state == .finished)
    }
  }
}
