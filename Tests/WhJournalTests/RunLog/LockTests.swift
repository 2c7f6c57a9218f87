import Testing
import WhDomain

@testable import WhJournal

@Suite("The lock of a profile on a server")
struct LockTests {
  @Test("is given once, and the second process learns who has it", arguments: Form.allCases)
  func exclusion(form: Form) async throws {
    try await withJournal(form) { journal in
      let other = try journal.another()
      #expect(await other.lockHolder(profile: "default", host: "api.example.com") == nil)
      let lock = try await journal.log.lockDefault()
      for log in [journal.log, other] {
        await #expect(throws: LockProblem.held(by: Samples.holder)) { try await log.lockDefault() }
        #expect(await log.lockHolder(profile: "default", host: "api.example.com") == Samples.holder)
      }
      await lock.release()
      #expect(await other.lockHolder(profile: "default", host: "api.example.com") == nil)
      let next = try await other.lockDefault()
      // Released already: it is another one's now.
      await lock.release()
      #expect(await journal.log.lockHolder(profile: "default", host: "api.example.com") == Samples.holder)
      await next.release()
    }
  }

  @Test("is one for each profile and server", arguments: Form.allCases)
  func scopes(form: Form) async throws {
    try await withJournal(form) { journal in
      var locks: [any RunLock] = []
      let names = [("default", "x"), ("other", "x"), ("default", "y"), ("a", "bc"), ("ab", "c")]
      for (profile, host) in names {
        locks.append(try await journal.log.lock(profile: profile, host: host, holder: Samples.holder))
      }
      for (profile, host) in names {
        await #expect(throws: LockProblem.held(by: Samples.holder)) {
          try await journal.log.lock(profile: profile, host: host, holder: Samples.holder)
        }
      }
      for lock in locks { await lock.release() }
    }
  }

  @Test("is given back when it is dropped", arguments: Form.allCases)
  func dropping(form: Form) async throws {
    try await withJournal(form) { journal in
      for _ in 0..<3 { _ = try await journal.log.lockDefault() }
      #expect(await journal.log.lockHolder(profile: "default", host: "api.example.com") == nil)
    }
  }
}
