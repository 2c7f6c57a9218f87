import Synchronization
import Testing
import WhDomain
import WhJournal
import WhSession
import WhSyntax
import WhTestSupport

/// What a run does while the journal is one of another machine, and other machines use it.
@Suite("A journal that machines share")
struct SharedJournalTests {
  private static let edit = "config jobs 1; use app app_1; webhook *; add event A; commit"

  private let client = Harness.twoApps()

  private var writes: Int {
    get async { await client.calls.count { $0.hasPrefix("put") } }
  }

  @Test("Nothing new is sent while the journal is out of reach, and the run goes on when it is back")
  func away() async throws {
    let seen = Mutex<[Int]>([])
    let journal = MemoryRunLog(
      isReady: { false },
      ready: { [client] in
        // Whatever else is to run has the time for it.
        for _ in 0..<100 { await Task.yield() }
        let writes = await client.calls.count { $0.hasPrefix("put") }
        seen.withLock { $0.append(writes) }
      })
    let trace = await (try Harness(client, journal: journal)).run(Self.edit)
    #expect(trace.kinds == [])
    // Before each request and after it.
    #expect(seen.withLock(\.self) == [0, 1, 1, 2, 2, 3])
    #expect(try await journal.run(1).counts == [.updated: 3])
  }

  @Test("A journal that stays away stops the run, and what was not sent is open")
  func gone() async throws {
    let closed = MemoryRunLog()
    await closed.close()
    let calls = Mutex(0)
    let journal = MemoryRunLog(
      isReady: { false },
      ready: { () async throws(JournalError) in
        let call = calls.withLock { calls in
          calls += 1
          return calls
        }
        // It is waited for before each request and after it.
        if call == 4 { _ = try await closed.check() }
      })
    let trace = await (try Harness(client, journal: journal)).run(Self.edit)
    #expect(trace.kinds == [.stopped])
    #expect(await writes == 2)
    #expect(try await journal.run(1).counts == [.updated: 2, .notAttempted: 1])
    #expect(try await journal.run(1).openCount == 1)
  }

  /// Out of reach from the time when one change has been sent, and others have begun.
  private func journalThatGoes(_ ready: @escaping @Sendable () async throws(JournalError) -> Void) -> MemoryRunLog {
    let asked = Mutex(0)
    return MemoryRunLog(
      isReady: {
        asked.withLock { asked in
          asked += 1
          return asked == 1
        }
      }, ready: ready)
  }

  private static let editAtOnce = edit.replacing("jobs 1", with: "jobs 3")

  @Test("What has begun and is not sent yet is not sent either once the journal is out of reach, and is open")
  func goneMeanwhile() async throws {
    let closed = MemoryRunLog()
    await closed.close()
    let journal = journalThatGoes { () async throws(JournalError) in _ = try await closed.check() }
    let trace = await (try Harness(client, journal: journal)).run(Self.editAtOnce)
    #expect(trace.kinds == [.stopped])
    #expect(trace.codes == [.journalUnusable])
    #expect(await writes == 1)
    #expect(try await journal.run(1).counts == [.updated: 1, .notAttempted: 2])
    #expect(try await journal.run(1).openCount == 2)
  }

  @Test("What has begun and is not sent yet is sent when the journal is back")
  func backMeanwhile() async throws {
    let journal = journalThatGoes { for _ in 0..<100 { await Task.yield() } }
    let trace = await (try Harness(client, journal: journal)).run(Self.editAtOnce)
    #expect(trace.kinds == [])
    #expect(try await journal.run(1).counts == [.updated: 3])
  }

  @Test("What another process found out of a run that it took up is not overwritten by the one that lost it")
  func takenUp() async throws {
    let journal = MemoryRunLog()
    let place = try await Self.place(client)
    let change = Change(
      app: try Self.app(in: try #require(Shard("1/2"))), webhookID: WebhookID(unchecked: "w9"),
      action: .update(before: nil, WebhookPatch(events: ["A"])))
    let lost = try await journal.begin(
      RunMetadata(
        profile: place.profile, host: place.host, user: "bob", version: "1", startedAt: Moment(milliseconds: 0)),
      [change])
    lost.record(Outcome(change, .unknown), at: 0)
    let next = try await journal.another().reopen(1)
    next.record(Outcome(change, .updated), at: 0)
    _ = try await next.finish()
    let error = await #expect(throws: JournalError.self) { try await lost.flush() }
    #expect(error?.kind == .taken(by: nil))
    #expect(lost.problem?.kind == .taken(by: nil) && !lost.isReady)
    #expect(try await journal.run(1).counts == [.updated: 1])
  }

  @Test("The unfinished run of another share does not stand against a commit; one that was left in this share does")
  func shares() async throws {
    let journal = MemoryRunLog()
    let other = journal.another()
    let place = try await Self.place(client)
    let share = try #require(Shard("1/2"))
    let (mine, theirs) = try (Self.app(in: share), Self.app(in: try #require(Shard("2/2"))))
    func begin(_ app: App) async throws {
      let change = Change(
        app: app, webhookID: WebhookID(unchecked: "w9"), action: .update(before: nil, WebhookPatch(events: ["A"])))
      _ = try await other.begin(
        RunMetadata(
          profile: place.profile, host: place.host, user: "bob", version: "1", startedAt: Moment(milliseconds: 0)),
        [change])
    }
    func commit(_ event: String, _ shard: Shard?) async throws -> [DiagnosticCode] {
      let script = "use app *; webhook *; add event \(event); commit"
      return await (try Harness(client, journal: journal.another(), shard: shard)).run(script).codes
    }
    let holder = LockHolder(processID: 2, user: "bob", since: Moment(milliseconds: 0), machine: "two")
    let lock = try await other.lock(
      profile: place.profile, host: place.host, shard: Shard("2/2"), holder: holder)
    try await begin(theirs)
    #expect(try await commit("A", nil) == [.locked])
    #expect(try await commit("A", share) == [])
    await lock.release()
    #expect(try await commit("B", share) == [], "what was left in another share is for that one")
    #expect(try await commit("B", nil) == [.unfinishedRun])
    try await begin(mine)
    #expect(try await commit("C", share) == [.unfinishedRun])
  }

  private static func app(in shard: Shard) throws -> App {
    App(id: try #require((1...100).map { AppID(unchecked: "app_x\($0)") }.first(where: shard.contains)))
  }

  /// Where the sessions of this suite connect to.
  private static func place(_ client: FakeAPIClient) async throws -> (profile: String, host: String) {
    let connection = try await (try Harness(client)).session.connect(profile: nil)
    return (connection.profile, connection.host)
  }
}
