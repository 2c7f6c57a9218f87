import Testing
import WhDomain
import WhTestSupport

@testable import WhJournal

@Suite("The lock of a profile, and shares of its apps")
struct SharedLockTests {
  private static let forms: [Form] = [.memory, .postgres]

  private func lock(_ log: any RunLog, _ shard: String?, by user: String = "alice") async throws -> any RunLock {
    let shard = shard.flatMap { Shard($0) }
    return try await log.lock(
      profile: "default", host: "api.example.com", shard: shard,
      holder: LockHolder(processID: 1, user: user, since: .sample, machine: "build-\(user)"))
  }

  @Test("is had by all shares of one split at once, and by nothing else meanwhile", arguments: forms)
  func shares(form: Form) async throws {
    try await withJournal(form) { journal in
      var locks: [any RunLock] = []
      for number in 1...4 { locks.append(try await lock(journal.another(), "\(number)/4")) }
      for other in [nil, "1/4", "1/2", "3/3"] as [String?] {
        let problem = await #expect(throws: LockProblem.self) { _ = try await lock(journal.log, other) }
        guard case .held(let holder?) = problem else {
          Issue.record("\(String(describing: problem))")
          continue
        }
        #expect(holder.machine == "build-alice")
      }
      await locks.removeLast().release()
      let last = try await lock(journal.log, "4/4")
      for lock in locks + [last] { await lock.release() }
      let whole = try await lock(journal.log, nil)
      await #expect(throws: LockProblem.self) { _ = try await lock(journal.another(), "1/4") }
      await whole.release()
      try await lock(journal.another(), "1/2").release()
    }
  }

  @Test("of a share tells which runs are done by others", arguments: forms)
  func runs(form: Form) async throws {
    try await withJournal(form) { journal in
      let (one, two) = (try journal.another(), try journal.another())
      let locks = [try await lock(one, "1/2"), try await lock(two, "2/2")]
      let first = try await one.begin(Samples.metadata(), Samples.updates(1))
      _ = try await two.begin(Samples.metadata(), Samples.updates(1))
      #expect(try await one.unfinished.map(\.isOthers) == [false, true])
      #expect(try await two.unfinished.map(\.isOthers) == [true, false])
      #expect(try await two.unfinished.map(\.state) == [.running, .running])
      await expectError(
        .executing(1, by: LockHolder(processID: 1, user: "alice", since: .sample, machine: "build-alice"))
      ) {
        try await two.abandon(1)
      }
      await locks[0].release()
      #expect(try await two.unfinished.map(\.isOthers) == [false, false])
      #expect(try await two.unfinished.map(\.state) == [.interrupted, .running])
      let again = try await lock(one, "1/2")
      #expect(try await two.unfinished.map(\.state) == [.interrupted, .running])
      let resumed = try await one.reopen(1)
      #expect(try await two.unfinished.map(\.state) == [.running, .running])
      resumed.record(Samples.done(Samples.update(0)), at: 0)
      try await resumed.finish()
      _ = first
      await again.release()
      await locks[1].release()
    }
  }

  @Test("of other schemas of the database is another one")
  func schemas() async throws {
    let databases = [try JournalDatabase(), try JournalDatabase()]
    var locks: [any RunLock] = []
    for database in databases {
      let journal = database.journal()
      try await journal.prepare()
      locks.append(try await journal.lockDefault())
    }
    for lock in locks { await lock.release() }
  }

  @Test("is free once the connection of its holder is gone")
  func freed() async throws {
    let database = try JournalDatabase()
    let journal = database.journal()
    try await journal.prepare()
    let lock = try await lock(journal, nil)
    let other = database.journal(application: "another")
    #expect(await other.lockHolder(profile: "default", host: "api.example.com")?.machine == "build-alice")
    try database.endConnections()
    #expect(await other.lockHolder(profile: "default", host: "api.example.com") == nil)
    let next = try await self.lock(other, nil, by: "bob")
    #expect(await other.lockHolder(profile: "default", host: "api.example.com")?.user == "bob")
    await next.release()
    withExtendedLifetime(lock) {}
  }

  @Test("of one share outlasts a lost connection while another share is taken")
  func siblings() async throws {
    let database = try JournalDatabase()
    let journal = database.journal()
    try await journal.prepare()
    let first = try await lock(journal, "1/2")
    let run = try await journal.begin(Samples.metadata(), Samples.updates(1))
    try database.endConnections()
    let second = try await lock(database.journal(application: "another"), "2/2")
    run.record(Samples.done(Samples.update(0)), at: 0)
    #expect(try await run.finish().state == .finished)
    await first.release()
    await second.release()
  }

  @Test("is asked for by many at once, and given to one")
  func crowd() async throws {
    let database = try JournalDatabase()
    try await database.journal().prepare()
    let journals = (0..<6).map { database.journal(application: "client \($0)") }
    let given = try await withThrowingTaskGroup(of: (any RunLock)?.self) { group in
      for journal in journals {
        group.addTask {
          do {
            return try await journal.lockDefault()
          } catch LockProblem.held {
            return nil
          }
        }
      }
      return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
    }
    #expect(given.count == 1)
    for lock in given { await lock.release() }
  }
}
