import Testing
import WhDomain

@testable import WhJournal

@Suite("What is durable when it returns")
struct DurabilityTests {
  private let changes = Samples.updates(3)
  private let late = Moment.sample.adding(seconds: 1)

  @Test("of a new run, all of its intents", arguments: Form.allCases)
  func begin(form: Form) async throws {
    try await withJournal(form) { journal in
      let run = try await journal.log.begin(Samples.metadata(), changes + [Samples.creation, Samples.deletion])
      let after = try journal.crash()
      #expect(
        try await after.allIntents(of: run.number).map(\.change) == changes + [Samples.creation, Samples.deletion])
      let found = try await after.run(run.number)
      #expect((found.state, found.openCount, found.finishedAt) == (.interrupted, 5, nil))
      #expect(found.counts == [.unknown: 5])
      #expect(found.metadata == Samples.metadata())
      #expect(try await after.check() == [])
    }
  }

  @Test("of further changes, each of them", arguments: Form.allCases)
  func append(form: Form) async throws {
    try await withJournal(form) { journal in
      let run = try await journal.log.begin(Samples.metadata(), changes)
      #expect(try await run.append([Samples.creation, Samples.deletion]) == 3..<5)
      let after = try journal.crash()
      #expect(try await after.allIntents(of: 1).map(\.change) == changes + [Samples.creation, Samples.deletion])
    }
  }

  @Test("of an outcome, nothing: its intent is open until it was flushed", arguments: Form.allCases)
  func record(form: Form) async throws {
    try await withJournal(form) { journal in
      let run = try await journal.log.begin(Samples.metadata(), changes)
      run.record(Samples.done(changes[0]), at: 0)
      let after = try journal.crash()
      #expect(try await after.allIntents(of: 1, .open).map(\.index) == [0, 1, 2])
      #expect(try await after.run(1).counts == [.unknown: 3])
    }
  }

  @Test("of flushed outcomes, all", arguments: Form.allCases)
  func flush(form: Form) async throws {
    try await withJournal(form) { journal in
      let run = try await journal.log.begin(Samples.metadata(), changes)
      run.record(Outcome(changes[0], .unknown, message: "timed out"), at: 0, tries: 8)
      run.record(Samples.done(changes[1]), at: 1)
      try await run.flush()
      run.record(Samples.done(changes[2]), at: 2)
      let after = try journal.crash()
      #expect(try await after.allIntents(of: 1, .open).map(\.index) == [0, 2])
      #expect(try await after.run(1).counts == [.updated: 1, .unknown: 2])
    }
  }

  @Test("of a run that ended, every outcome and that it ended", arguments: Form.allCases)
  func finish(form: Form) async throws {
    try await withJournal(form) { journal in
      let run = try await journal.log.begin(Samples.metadata(), changes)
      for (index, change) in changes.enumerated() { run.record(Samples.done(change), at: index) }
      journal.time.advance(seconds: 5)
      let finished = try await run.finish()
      let after = try journal.crash()
      #expect(try await after.run(1) == finished)
      #expect((finished.state, finished.finishedAt) == (.finished, Moment.sample.adding(seconds: 5)))
    }
  }

  @Test("of a resumed run, that it is running", arguments: Form.allCases)
  func reopen(form: Form) async throws {
    try await withJournal(form) { journal in
      try await journal.log.begin(Samples.metadata(), changes).finish()
      try await journal.log.abandon(1)
      let run = try await journal.log.reopen(1)
      let after = try journal.crash()
      #expect(run.number == 1)
      let found = try await after.run(1)
      #expect((found.state, found.finishedAt, found.abandonedAt) == (.interrupted, nil, nil))
    }
  }

  @Test("of a run that is abandoned, that it is", arguments: Form.allCases)
  func abandon(form: Form) async throws {
    try await withJournal(form) { journal in
      try await journal.log.begin(Samples.metadata(), changes).finish()
      try await journal.log.abandon(1)
      let found = try await journal.crash().run(1)
      #expect((found.state, found.abandonedAt) == (.abandoned, .sample))
    }
  }

  @Test("of runs that are dropped, that they are", arguments: Form.allCases)
  func prune(form: Form) async throws {
    try await withJournal(form) { journal in
      try await journal.log.begin(Samples.metadata(), []).finish()
      #expect(try await journal.log.prune(olderThan: late, profile: nil, host: nil) == 1)
      let after = try journal.crash()
      #expect(try await after.runs() == [])
      #expect(try await after.begin(Samples.metadata(), []).number == 2)
    }
  }

  @Test("of a script that ran, its outcome", arguments: Form.allCases)
  func ledger(form: Form) async throws {
    try await withJournal(form) { journal in
      let ledger = journal.log.ledger(profile: "p", host: "h", folder: "f")
      let scripts = ["1.wh", "2.wh"].map { MigrationScript(name: $0, sha256: $0) }
      try await ledger.record(scripts[1], .failed, run: 1, apps: [Samples.app.id: .failed])
      try await ledger.baseline([scripts[0]])
      let after = try journal.crash().ledger(profile: "p", host: "h", folder: "f")
      #expect(try await after.entries().map(\.outcome) == [.baseline, .failed])
      #expect(try await after.entries().last?.apps.map(\.outcome) == [.failed])
    }
  }

  // MARK: Where nothing can be written

  @Test("of a run that can't be written, nothing", arguments: Form.allCases)
  func fullAtTheBeginning(form: Form) async throws {
    try await withJournal(form) { journal in
      try await journal.setFull(true)
      await expectError(.full) { _ = try await journal.log.begin(Samples.metadata(), Samples.updates(1000)) }
      let after = try journal.crash()
      #expect(try await after.runs() == [])
      #expect(try await after.check() == [])
    }
  }

  @Test("of further changes that can't be written, none", arguments: Form.allCases)
  func fullAtTheSecondCommit(form: Form) async throws {
    try await withJournal(form) { journal in
      let run = try await journal.log.begin(Samples.metadata(), changes)
      try await journal.setFull(true)
      await expectError(.full) { _ = try await run.append(Samples.updates(1000)) }
      #expect(try await journal.log.run(1).intentCount == 3)
      #expect(try await journal.log.check() == [])
    }
  }

  @Test(
    "outcomes that can't be written are reported at the end, and written as soon as possible", arguments: Form.allCases)
  func fullAfterTheRequests(form: Form) async throws {
    try await withJournal(form) { journal in
      let changes = Samples.updates(700)
      let run = try await journal.log.begin(Samples.metadata(), changes)
      try await journal.setFull(true)
      for (index, change) in changes.enumerated() { run.record(Samples.done(change), at: index) }
      await expectError(.full) { try await run.finish() }
      #expect(run.problem?.kind == .full)
      #expect(try await journal.log.run(1).counts == [.unknown: 700])
      #expect(try await journal.log.unfinished.map(\.number) == [1])
      try await journal.setFull(false)
      #expect(try await run.finish().counts == [.updated: 700])
      #expect(run.problem == nil)
      #expect(try await journal.crash().run(1).state == .finished)
    }
  }

  // MARK: The end

  @Test("nothing more, once it is closed", arguments: Form.allCases)
  func close(form: Form) async throws {
    try await withJournal(form) { journal in
      let run = try await journal.log.begin(Samples.metadata(), changes)
      await journal.log.close()
      run.record(Samples.done(changes[0]), at: 0)
      await expectError(.closed) { _ = try await journal.log.begin(Samples.metadata(), changes) }
      await expectError(.closed) { _ = try await journal.log.run(1) }
      await expectError(.closed) { try await run.flush() }
      await expectError(.closed) { _ = try await run.append(changes) }
      #expect(try await journal.another().run(1).counts == [.unknown: 3])
    }
  }

  @Test("in memory, nothing of a crashed process continues")
  func dead() async throws {
    let log = MemoryRunLog()
    let run = try await log.begin(Samples.metadata(), changes)
    let lock = try await log.lockDefault()
    log.crash()
    run.record(Samples.done(changes[0]), at: 0)
    await expectError(.closed) { try await run.flush() }
    await expectError(.closed) { try await run.finish() }
    await expectError(.closed) { _ = try await run.append(changes) }
    #expect(run.problem?.kind == .closed)
    let next = try await log.lockDefault()
    // The lock of the dead process is not the one that is held now.
    await lock.release()
    #expect(await log.lockHolder(profile: "default", host: "api.example.com") == Samples.holder)
    await next.release()
    #expect(try await log.run(1).counts == [.unknown: 3])
  }
}
