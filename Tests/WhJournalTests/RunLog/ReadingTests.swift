import Testing
import WhDomain

@testable import WhJournal

@Suite("Runs")
struct ReadingTests {
  @Test("are read as they were written", arguments: Form.allCases)
  func roundTrip(form: Form) async throws {
    try await withJournal(form) { journal in
      let blind = Change(
        app: App(id: AppID(unchecked: "")), webhookID: WebhookID(unchecked: "whk_9"),
        action: .update(before: nil, WebhookPatch(events: [], headers: Headers())))
      let changes = [Samples.update(), Samples.creation, Samples.deletion, blind]
      let created = Samples.webhook("whk_new")
      let run = try await journal.log.begin(Samples.metadata(.undo(of: 7)), changes)
      run.record(Samples.done(changes[0]), at: 0, tries: 3)
      run.record(Outcome(changes[1], .created, answer: created), at: 1)
      run.record(Outcome(changes[2], .failed, message: "no\nsuch \"webhook\"", closesIntent: false), at: 2)
      run.record(Outcome(changes[3], .unknown, message: "timed out"), at: 3)
      try await run.flush()
      let other = try journal.another()
      let intents = try await other.allIntents(of: 1)
      #expect(intents.map(\.change) == changes)
      #expect(intents.map(\.index) == [0, 1, 2, 3])
      #expect(
        intents.map(\.outcome) == [
          RecordedOutcome(state: .updated, answer: changes[0].after, tries: 3, at: .sample),
          RecordedOutcome(state: .created, answer: created, at: .sample),
          RecordedOutcome(state: .failed, closesIntent: false, message: "no\nsuch \"webhook\"", at: .sample),
          RecordedOutcome(state: .unknown, message: "timed out", at: .sample),
        ])
      let found = try await other.run(1)
      #expect(found.metadata == Samples.metadata(.undo(of: 7)))
      #expect(found.counts == [.updated: 1, .created: 1, .failed: 1, .unknown: 1])
      #expect((found.intentCount, found.openCount, found.appliedCount) == (4, 2, 2))
    }
  }

  @Test("have each state", arguments: Form.allCases)
  func everyState(form: Form) async throws {
    try await withJournal(form) { journal in
      let states = Outcome.State.allCases
      let run = try await journal.log.begin(Samples.metadata(), Samples.updates(states.count + 1))
      for (index, state) in states.enumerated() { run.record(Outcome(Samples.update(index), state), at: index) }
      let finished = try await run.finish()
      #expect(finished.state == .interrupted)
      #expect(finished.openCount == 3)
      #expect(states.map(finished.count) == states.map { $0 == .unknown ? 2 : 1 })
      #expect(try await journal.log.allIntents(of: 1).map(\.outcome?.state) == states + [nil])
    }
  }

  @Test("go from running to finished, or to interrupted with open intents", arguments: Form.allCases)
  func states(form: Form) async throws {
    try await withJournal(form) { journal in
      let log = journal.log
      let changes = Samples.updates(3)
      var lock = try await log.lockDefault()
      let run = try await log.begin(Samples.metadata(), changes)
      #expect(try await journal.another().unfinished.map(\.state) == [.running])
      run.record(Samples.done(changes[0]), at: 0)
      run.record(Outcome(changes[1], .notAttempted, message: "interrupted"), at: 1)
      let interrupted = try await run.finish()
      await lock.release()
      #expect((interrupted.state, interrupted.openCount) == (.interrupted, 2))
      #expect(interrupted.counts == [.updated: 1, .notAttempted: 1, .unknown: 1])
      #expect(try await log.unfinished.map(\.number) == [1])
      #expect(try await log.allIntents(of: 1, .open).map(\.index) == [1, 2])

      lock = try await log.lockDefault()
      let resumed = try await log.reopen(1)
      #expect(try await log.run(1).state == .running)
      for index in 1...2 { resumed.record(Samples.done(changes[index]), at: index) }
      let finished = try await resumed.finish()
      await lock.release()
      #expect((finished.state, finished.openCount, finished.count(.updated)) == (.finished, 0, 3))
      #expect(try await log.unfinished == [])
      #expect(try await log.check() == [])
    }
  }

  @Test("take further commits of the same script", arguments: Form.allCases)
  func append(form: Form) async throws {
    try await withJournal(form) { journal in
      let run = try await journal.log.begin(Samples.metadata(), Samples.updates(2))
      run.record(Samples.done(Samples.update(0)), at: 0)
      #expect(try await run.finish().state == .interrupted)
      try await journal.log.abandon(1)
      #expect(try await run.append([Samples.creation]) == 2..<3)
      let open = try await journal.log.run(1)
      #expect((open.state, open.finishedAt) == (.interrupted, nil))
      #expect(try await journal.log.allIntents(of: 1, .open).map(\.change) == [Samples.update(1), Samples.creation])
      run.record(Samples.done(Samples.update(1)), at: 1)
      run.record(Outcome(Samples.creation, .created, answer: Samples.webhook("new")), at: 2)
      #expect(try await run.finish().state == .finished)
      #expect(try await journal.log.check() == [])
    }
  }

  @Test("keep the last outcome of each intent", arguments: Form.allCases)
  func replacing(form: Form) async throws {
    try await withJournal(form) { journal in
      let change = Samples.update()
      let run = try await journal.log.begin(Samples.metadata(), [change])
      run.record(Outcome(change, .unknown, message: "timed out"), at: 0)
      try await run.flush()
      run.record(Outcome(change, .conflict), at: 0)
      run.record(Samples.done(change), at: 0, tries: 2)
      #expect(try await run.finish().counts == [.updated: 1])
    }
  }

  @Test("take outcomes from many tasks at once", arguments: Form.allCases)
  func concurrency(form: Form) async throws {
    try await withJournal(form) { journal in
      let changes = Samples.updates(5000)
      let run = try await journal.log.begin(Samples.metadata(), changes)
      await withTaskGroup { group in
        for start in stride(from: 0, to: changes.count, by: 500) {
          group.addTask {
            for index in start..<start + 500 { run.record(Samples.done(changes[index]), at: index) }
          }
        }
      }
      let finished = try await run.finish()
      #expect((finished.state, finished.count(.updated)) == (.finished, 5000))
    }
  }

  @Test("are listed newest first, by profile and server", arguments: Form.allCases)
  func listing(form: Form) async throws {
    try await withJournal(form) { journal in
      let log = journal.log
      for (profile, host) in [("a", "x"), ("b", "x"), ("a", "y"), ("a", "x")] {
        _ = try await log.begin(Samples.metadata(profile: profile, host: host), Samples.updates(1))
      }
      _ = try await log.begin(Samples.metadata(.undo(of: 1), profile: "a", host: "x"), [])
      #expect(try await log.runs().map(\.number) == [5, 4, 3, 2, 1])
      #expect(try await log.runs(profile: "a").map(\.number) == [5, 4, 3, 1])
      #expect(try await log.runs(host: "y").map(\.number) == [3])
      #expect(try await log.runs(profile: "a", host: "x", limit: 2).map(\.number) == [5, 4])
      #expect(try await log.run(1).undoneBy == 5)
      #expect(try await log.run(5).metadata.kind == .undo(of: 1))
      await expectError(.noSuchRun(9)) { _ = try await log.run(9) }
      await expectError(.noSuchRun(9)) { _ = try await log.reopen(9) }
      await expectError(.noSuchRun(9)) { try await log.abandon(9) }
      #expect(try await log.allIntents(of: 9) == [])
    }
  }

  @Test("that are unfinished are listed oldest first", arguments: Form.allCases)
  func unfinished(form: Form) async throws {
    try await withJournal(form) { journal in
      let log = journal.log
      for profile in ["default", "default", "other", "default", "default"] {
        let run = try await log.begin(Samples.metadata(profile: profile), Samples.updates(1))
        if run.number == 2 { run.record(Samples.done(Samples.update(0)), at: 0) }
        try await run.finish()
      }
      try await log.abandon(5)
      #expect(try await log.unfinished.map(\.number) == [1, 4])
      #expect(try await log.unfinishedRuns(profile: "other", host: "elsewhere") == [])
    }
  }

  @Test("are read page by page", arguments: Form.allCases)
  func paging(form: Form) async throws {
    try await withJournal(form) { journal in
      let run = try await journal.log.begin(Samples.metadata(), Samples.updates(7))
      _ = try await journal.log.begin(Samples.metadata(), Samples.updates(1))
      for index in [0, 2, 5] { run.record(Samples.done(Samples.update(index)), at: index) }
      try await run.flush()
      for (filter, expected) in [
        (IntentFilter.all, [[0, 1, 2], [3, 4, 5], [6], []]), (.open, [[1, 3, 4], [6], []]),
      ] {
        var pages: [[Int]] = []
        while pages.last?.isEmpty != true {
          let start = pages.last?.last.map { $0 + 1 } ?? 0
          pages.append(try await journal.log.intents(of: 1, filter, from: start, limit: 3).map(\.index))
        }
        #expect(pages == expected)
      }
    }
  }

  @Test("that are abandoned are no longer unfinished, until they are resumed", arguments: Form.allCases)
  func abandoning(form: Form) async throws {
    try await withJournal(form) { journal in
      _ = try await journal.log.begin(Samples.metadata(), Samples.updates(1))
      try await journal.log.abandon(1)
      journal.time.advance(seconds: 5)
      try await journal.log.abandon(1)
      let abandoned = try await journal.log.run(1)
      #expect((abandoned.state, abandoned.abandonedAt, abandoned.openCount) == (.abandoned, .sample, 1))
      #expect(try await journal.log.unfinished == [])
      _ = try await journal.log.reopen(1)
      #expect(try await journal.log.unfinished.map(\.number) == [1])
    }
  }

  @Test("can be abandoned by the process that executes them, and by no other", arguments: Form.allCases)
  func abandoningWhatRuns(form: Form) async throws {
    try await withJournal(form) { journal in
      let other = try journal.another()
      _ = try await journal.log.begin(Samples.metadata(), Samples.updates(1))
      let lock = try await journal.log.lockDefault()
      await expectError(.executing(1, by: Samples.holder)) { try await other.abandon(1) }
      #expect(try await other.run(1).state == .running)
      try await journal.log.abandon(1)
      #expect(try await other.run(1).state == .abandoned)
      let run = try await journal.log.reopen(1)
      await lock.release()
      try await other.abandon(1)
      #expect(try await other.run(1).state == .abandoned)
      run.record(Samples.done(Samples.update(0)), at: 0)
      try await run.finish()
    }
  }

  @Test("that are finished stay so when they are abandoned", arguments: Form.allCases)
  func abandoningWhatIsFinished(form: Form) async throws {
    try await withJournal(form) { journal in
      let run = try await journal.log.begin(Samples.metadata(), Samples.updates(1))
      run.record(Samples.done(Samples.update(0)), at: 0)
      let finished = try await run.finish()
      try await journal.log.abandon(1)
      #expect(try await journal.log.run(1) == finished)
    }
  }

  @Test("that are old are pruned, unless they are unfinished or of others", arguments: Form.allCases)
  func pruning(form: Form) async throws {
    try await withJournal(form) { journal in
      let log = journal.log
      let days: (Int64) -> Moment = { Moment.sample.adding(seconds: $0 * 86_400) }
      let runs: [(age: Int64, profile: String, host: String, isDone: Bool)] = [
        (100, "a", "x", true), (95, "a", "x", false), (80, "a", "x", true), (100, "b", "x", true),
        (100, "a", "y", true),
      ]
      var writers: [any RunWriter] = []
      for run in runs {
        let metadata = Samples.metadata(profile: run.profile, host: run.host, startedAt: days(-run.age))
        let writer = try await log.begin(metadata, Samples.updates(2))
        for index in 0..<2 where run.isDone { writer.record(Samples.done(Samples.update(index)), at: index) }
        try await writer.finish()
        writers.append(writer)
      }
      #expect(try await log.prune(olderThan: days(-90), profile: "a", host: "x") == 1)
      #expect(try await log.runs().map(\.number) == [5, 4, 3, 2])
      #expect(try await log.prune(olderThan: days(-90), profile: "b", host: nil) == 1)
      #expect(try await log.runs().map(\.number) == [5, 3, 2])
      #expect(try await log.prune(olderThan: days(-90), profile: nil, host: nil) == 1)
      #expect(try await log.runs().map(\.number) == [3, 2])
      #expect(try await log.prune(olderThan: days(-90), profile: nil, host: nil) == 0)
      #expect(try await log.check() == [])
      #expect(try await log.begin(Samples.metadata(), []).number == 6)
      await expectError(.noSuchRun(1)) { _ = try await writers[0].append(Samples.updates(1)) }
      #expect(try await log.check() == [])
    }
  }
}
