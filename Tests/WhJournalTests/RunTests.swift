import Foundation
import GRDB
import Testing
import WhDomain

@testable import WhJournal

@Suite("Runs")
struct RunTests {
  @Test("are read as they were written")
  func roundTrip() async throws {
    try await withTemporaryFolder { folder in
      let blind = Change(
        app: App(id: AppID(unchecked: "")), webhookID: WebhookID(unchecked: "whk_9"),
        action: .update(before: nil, WebhookPatch(events: [], headers: Headers())))
      let changes = [Samples.update(), Samples.creation, Samples.deletion, blind]
      let created = Samples.webhook("whk_new")
      do {
        let run = try await Journal.sample(at: folder.journal).begin(Samples.metadata(), changes)
        #expect(run.number == 1)
        run.record(Samples.done(changes[0]), at: 0, tries: 3)
        run.record(Outcome(changes[1], .created, answer: created), at: 1)
        run.record(Outcome(changes[2], .failed, message: "no\nsuch \"webhook\""), at: 2)
        run.record(Outcome(changes[3], .unknown, message: "timed out"), at: 3)
        try await run.flush()
      }
      let journal = try Journal.sample(at: folder.journal)
      let intents = try await journal.allIntents(of: 1)
      #expect(intents.map(\.change) == changes)
      #expect(intents.map(\.index) == [0, 1, 2, 3])
      #expect(
        intents.map(\.outcome) == [
          RecordedOutcome(state: .updated, answer: changes[0].after, tries: 3, at: .sample),
          RecordedOutcome(state: .created, answer: created, at: .sample),
          RecordedOutcome(state: .failed, message: "no\nsuch \"webhook\"", at: .sample),
          RecordedOutcome(state: .unknown, message: "timed out", at: .sample),
        ])
      let answers = intents.compactMap(\.outcome?.answer)
      #expect(answers.map(\.updatedAt?.text) == ["2021-08-01T00:00:00.123+02:00", "2021-08-01T00:00:00.123+02:00"])
      let run = try await journal.run(1)
      #expect(run.metadata == Samples.metadata())
      #expect(run.counts == [.updated: 1, .created: 1, .failed: 1, .unknown: 1])
      #expect((run.intentCount, run.openCount, run.state) == (4, 1, .interrupted))
    }
  }

  @Test(
    "hold any text",
    arguments: ["", "\0", "\"\\\u{1}\n\t\u{7F}", "é👩‍👩‍👧", "\u{2028}", "'; DROP TABLE runs; --", "\u{FFFF}"])
  func texts(text: String) async throws {
    try await withTemporaryFolder { folder in
      let before = Webhook(
        id: WebhookID(unchecked: "w"), appID: AppID(unchecked: text), url: text, events: [text, "x"],
        headers: Headers([Header(name: "n" + text, value: text)]))
      let change = Change(
        app: App(id: AppID(unchecked: "a"), slug: "s" + text.filter { $0 != "\0" }), webhookID: before.id,
        action: .update(before: before, WebhookPatch(url: text, events: [text])),
        origins: [Origin(source: text, line: 1, column: 2, statement: text)])
      let journal = try Journal.sample(at: folder.journal)
      let run = try await journal.begin(Samples.metadata(), [change])
      run.record(Outcome(change, .updated, answer: before), at: 0)
      try await run.finish()
      let intent = try #require(try await journal.allIntents(of: 1).first)
      #expect(intent.change == change)
      #expect(intent.change.before?.appID.text == text)
      #expect(intent.outcome?.answer == before)
    }
  }

  @Test("go from running to finished, or to interrupted with what is open")
  func states() async throws {
    try await withTemporaryFolder { folder in
      let time = ManualTime()
      let journal = try Journal.sample(at: folder.journal, time: time)
      let changes = Samples.updates(3)
      let lock = try await journal.lockDefault()
      let run = try await journal.begin(Samples.metadata(), changes)
      #expect(try await journal.unfinished.map(\.state) == [.running])
      run.record(Samples.done(changes[0]), at: 0)
      run.record(Outcome(changes[1], .notAttempted, message: "interrupted"), at: 1)
      time.advance(seconds: 5)
      let interrupted = try await run.finish()
      #expect((interrupted.state, interrupted.openCount) == (.interrupted, 2))
      #expect(interrupted.finishedAt == Moment.sample.adding(seconds: 5))
      #expect(interrupted.counts == [.updated: 1, .notAttempted: 1, .unknown: 1])
      #expect(try await journal.unfinished == [interrupted])
      #expect(try await journal.allIntents(of: 1, .open).map(\.index) == [1, 2])

      let resumed = try await journal.reopen(1)
      #expect(try await journal.run(1).state == .running)
      for index in 1...2 { resumed.record(Samples.done(changes[index]), at: index) }
      let finished = try await resumed.finish()
      #expect((finished.state, finished.openCount, finished.count(.updated)) == (.finished, 0, 3))
      #expect(try await journal.unfinished == [])
      #expect(try await journal.check() == [])
      await lock.release()
    }
  }

  @Test("take further commits of the same script")
  func append() async throws {
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal)
      let run = try await journal.begin(Samples.metadata(), Samples.updates(2))
      for index in 0..<2 { run.record(Samples.done(Samples.update(index)), at: index) }
      #expect(try await run.finish().state == .finished)
      #expect(try await run.append([Samples.creation]) == 2..<3)
      #expect(try await journal.run(1).finishedAt == nil)
      #expect(try await journal.allIntents(of: 1, .open).map(\.change) == [Samples.creation])
      run.record(Outcome(Samples.creation, .created, answer: Samples.webhook("new")), at: 2)
      #expect(try await run.finish().state == .finished)
      #expect(try await journal.check() == [])
    }
  }

  @Test("are listed newest first, by profile and server")
  func listing() async throws {
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal)
      for (profile, host) in [("a", "x"), ("b", "x"), ("a", "y"), ("a", "x")] {
        _ = try await journal.begin(Samples.metadata(profile: profile, host: host), Samples.updates(1))
      }
      _ = try await journal.begin(Samples.metadata(.undo(of: 1), profile: "a", host: "x"), [])
      #expect(try await journal.runs().map(\.number) == [5, 4, 3, 2, 1])
      #expect(try await journal.runs(profile: "a").map(\.number) == [5, 4, 3, 1])
      #expect(try await journal.runs(profile: "a", host: "x", limit: 2).map(\.number) == [5, 4])
      #expect(try await journal.run(1).undoneBy == 5)
      #expect(try await journal.run(5).metadata.kind == .undo(of: 1))
      #expect(try await journal.unfinishedRuns(profile: "a", host: "x").map(\.number) == [1, 4])
      #expect(try await journal.unfinishedRuns(profile: "b", host: "y") == [])
      await expectError(.noSuchRun(9)) { _ = try await journal.run(9) }
      await expectError(.noSuchRun(9)) { _ = try await journal.reopen(9) }
      await expectError(.noSuchRun(9)) { try await journal.abandon(9) }
    }
  }

  @Test("are read page by page")
  func paging() async throws {
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal)
      _ = try await journal.begin(Samples.metadata(), Samples.updates(7))
      _ = try await journal.begin(Samples.metadata(), Samples.updates(1))
      var pages: [[Int]] = []
      while pages.last?.isEmpty != true {
        let start = pages.last?.last.map { $0 + 1 } ?? 0
        pages.append(try await journal.intents(of: 1, .all, from: start, limit: 3).map(\.index))
      }
      #expect(pages == [[0, 1, 2], [3, 4, 5], [6], []])
    }
  }

  @Test("that are abandoned are unfinished no more, until they are taken up again")
  func abandoning() async throws {
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal)
      _ = try await journal.begin(Samples.metadata(), Samples.updates(1))
      try await journal.abandon(1)
      #expect(try await journal.run(1).state == .abandoned)
      #expect(try await journal.unfinished == [])
      _ = try await journal.reopen(1)
      #expect(try await journal.run(1).state == .interrupted)
    }
  }

  @Test("that are old are pruned, with all their rows, unless they are unfinished; no number is given twice")
  func pruning() async throws {
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal)
      let days: (Int64) -> Moment = { Moment.sample.adding(seconds: $0 * 86_400) }
      for (age, isDone) in [(100, true), (95, false), (80, true), (100, true)] as [(Int64, Bool)] {
        let changes = Samples.updates(200)
        let run = try await journal.begin(Samples.metadata(startedAt: days(-age)), changes)
        for index in changes.indices where isDone { run.record(Samples.done(changes[index]), at: index) }
        try await run.finish()
      }
      let pages = try await journal.perform { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
      #expect(try await journal.prune(olderThan: days(-90), profile: nil, host: nil) == 2)
      #expect(try await journal.runs().map(\.number) == [3, 2])
      #expect(try await journal.check() == [])
      #expect(try await journal.prune(olderThan: days(-90), profile: nil, host: nil) == 0)
      let size = try #require(try FileManager.default.attributesOfItem(atPath: folder.journal)[.size] as? Int)
      #expect(size / 4096 < pages * 3 / 4)
      #expect(try await journal.begin(Samples.metadata(), []).number == 5)
    }
  }
}
