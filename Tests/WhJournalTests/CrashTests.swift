import Foundation
import GRDB
import Testing
import WhDomain

@testable import WhJournal

@Suite("After a crash")
struct CrashTests {
  @Test("every intent exists, and the outcomes that were written", arguments: [0, 1, 40])
  func kill(recorded: Int) async throws {
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal)
      let changes = Samples.updates(100) + [Samples.creation, Samples.deletion]
      let run = try await journal.begin(Samples.metadata(), changes)
      for index in 0..<recorded { run.record(Samples.done(changes[index]), at: index) }
      try await run.flush()
      run.record(Samples.done(changes[60]), at: 60)
      let after = try Journal.sample(at: try folder.filesOfADeadProcess())
      let unfinished = try #require(try await after.unfinished.first)
      #expect((unfinished.state, unfinished.openCount) == (.interrupted, 102 - recorded))
      let open = try await after.allIntents(of: unfinished.number, .open)
      #expect(open.map(\.index) == Array(recorded..<102))
      #expect(open.map(\.change) == Array(changes[recorded...]))
      #expect(try await after.check() == [])
    }
  }

  @Test("resuming finishes however often it is killed")
  func resuming() async throws {
    try await withTemporaryFolder { folder in
      let changes = Samples.updates(6)
      var service: [WebhookID: Webhook] = [:]
      for change in changes { service[try #require(change.webhookID)] = change.before }
      // The first was sent and its answer lost; others changed the second, and deleted the third.
      service[WebhookID(unchecked: "whk_0")] = changes[0].after
      service[WebhookID(unchecked: "whk_1")]?.url = "https://third.example.com"
      service[WebhookID(unchecked: "whk_2")] = nil
      _ = try await Journal.sample(at: folder.journal).begin(Samples.metadata(), changes)

      var (place, lives, sent) = (folder, 0, 0)
      while true {
        lives += 1
        let journal = try Journal.sample(at: place.journal)
        guard let run = try await journal.unfinished.first else { break }
        let handle = try await journal.reopen(run.number)
        let intents = try await journal.allIntents(of: run.number, .open)
        // It dies between a request and its outcome, and one intent later each time.
        for (count, intent) in intents.enumerated() {
          let id = try #require(intent.change.webhookID)
          switch Resumption.decide(intent, current: service[id]) {
          case .done: handle.record(Outcome(intent.change, .updated, answer: service[id]), at: intent.index)
          case .conflict(let reason):
            handle.record(Outcome(intent.change, .conflict, message: reason), at: intent.index)
          case .open(let reason): Issue.record("\(reason)")
          case .send:
            service[id] = intent.change.after
            sent += 1
            if count > 0 || lives % 2 == 1 { break }
            handle.record(Outcome(intent.change, .updated, answer: service[id]), at: intent.index)
          }
          if count == 1 { break }
        }
        try await handle.flush()
        place = URL(filePath: try place.filesOfADeadProcess()).deletingLastPathComponent()
        try #require(lives < 50)
      }
      let journal = try Journal.sample(at: place.journal)
      #expect(try await journal.run(1).counts == [.updated: 4, .conflict: 2])
      #expect(sent == 3)
      for change in changes[3...] { #expect(service[try #require(change.webhookID)] == change.after) }
    }
  }

  @Test("a partly written run does not exist")
  func atomicity() async throws {
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal)
      _ = try await journal.begin(Samples.metadata(), Samples.updates(3))
      let copy = try await journal.perform { db in
        try db.beginTransaction(.immediate)
        _ = try Samples.metadata().insert(intentCount: 1, into: db)
        var writer = try IntentWriter(run: 2, in: db)
        let change = Samples.update()
        try writer.write(IntentRecord(change), change.origins, at: 0, in: db)
        defer { try? db.rollback() }
        return try folder.filesOfADeadProcess()
      }
      #expect(try await Journal.sample(at: copy).runs().map(\.number) == [1])
    }
  }

  @Test("a half-written end of the write-ahead log is dropped, and what was synced before is kept")
  func tornLog() async throws {
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal)
      let run = try await journal.begin(Samples.metadata(), Samples.updates(5))
      let synced = try #require(
        try FileManager.default.attributesOfItem(atPath: folder.journal + "-wal")[.size] as? UInt64)
      run.record(Samples.done(Samples.update(0)), at: 0)
      try await run.flush()
      let copy = try folder.filesOfADeadProcess()
      let log = try FileHandle(forUpdating: URL(filePath: copy + "-wal"))
      #expect(try log.seekToEnd() > synced + 100)
      try log.truncate(atOffset: synced + 100)
      try log.close()
      let after = try Journal.sample(at: copy)
      #expect(try await after.allIntents(of: 1, .open).count == 5)
    }
  }
}
