import CTestSupport
import Foundation
import Testing

@testable import WhJournal

@Suite("The writer's lock")
struct WriterLockTests {
  private let me = LockHolder(processID: getpid(), user: "alice cooper", since: .sample)

  private func acquire(
    _ folder: URL, profile: String = "default", host: String = "api.example.com"
  ) throws(LockProblem) -> WriterLock {
    try WriterLock.acquire(profile: profile, host: host, journal: folder.journal, holder: me)
  }

  private func holder(_ folder: URL) -> LockHolder? {
    WriterLock.holder(profile: "default", host: "api.example.com", journal: folder.journal)
  }

  private func lockFile(_ folder: URL) throws -> URL {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".lock") }
    return folder.appending(path: try #require(names.first))
  }

  @Test("is given once, and the second process learns who has it")
  func exclusion() async throws {
    try await withTemporaryFolder { folder in
      #expect(holder(folder) == nil)
      let lock = try acquire(folder)
      #expect(throws: LockProblem.held(by: me)) { try acquire(folder) }
      #expect(holder(folder) == me)
      #expect(LockProblem.held(by: me).description.contains("alice cooper, since 2026-11-24T16:00:00Z"))
      #expect(try mode(of: try lockFile(folder).path) == 0o600)
      lock.release()
      lock.release()
      #expect(holder(folder) == nil)
      _ = try acquire(folder)
      // Dropped at once.
      _ = try acquire(folder)
    }
  }

  @Test("is one for each profile and server")
  func scopes() async throws {
    try await withTemporaryFolder { folder in
      let locks = [
        try acquire(folder), try acquire(folder, profile: "other"), try acquire(folder, host: "b.example.com"),
        try acquire(folder, profile: "a", host: "bc"), try acquire(folder, profile: "ab", host: "c"),
      ]
      #expect(locks.count == 5)
      #expect(throws: LockProblem.held(by: me)) { try acquire(folder, profile: "ab", host: "c") }
    }
  }

  @Test("is held by other processes too, and released when they end")
  func processes() async throws {
    try await withTemporaryFolder { folder in
      try acquire(folder).release()
      let file = try lockFile(folder)
      let process = cts_hold_lock(file.path, "1795536000000 bob\n")
      try #require(process > 0)
      let bob = LockHolder(processID: process, user: "bob", since: .sample)
      #expect(throws: LockProblem.held(by: bob)) { try acquire(folder) }
      #expect(holder(folder) == bob)
      kill(process, SIGKILL)
      #expect(waitpid(process, nil, 0) == process)
      #expect(holder(folder) == nil)
      let lock = try acquire(folder)
      #expect(holder(folder) == me)
      lock.release()
    }
  }

  @Test("a holder that has not yet said who it is", arguments: ["", "12", "12 34 bob", "x y z\n", "1 2\n"])
  func halfWritten(line: String) {
    #expect(LockHolder(line: line) == nil)
  }

  @Test("names the machine of its holder, if it may be another one")
  func machines() {
    let far = LockHolder(processID: 7, user: "bob", since: .sample, machine: "ci-3")
    #expect(
      LockProblem.held(by: far).description
        == "another wh process is committing with this profile: process 7 of bob on ci-3, since 2026-11-24T16:00:00Z")
    #expect(LockProblem.held(by: far).advice == "wait for it to finish, or stop it with `kill -INT 7` on ci-3")
    #expect(LockProblem.held(by: nil).advice == "wait for it to finish")
  }

  @Test("says why it can't be taken")
  func unusable() {
    #expect {
      try WriterLock.acquire(profile: "a", host: "b", journal: "/proc/nowhere/journal.sqlite", holder: me)
    } throws: { error in
      guard case LockProblem.unusable(let problem)? = error as? LockProblem else { return false }
      return problem.kind == .unwritable
    }
  }
}
