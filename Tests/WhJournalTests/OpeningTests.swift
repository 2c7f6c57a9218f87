import Foundation
import GRDB
import Testing
import WhDomain

@testable import WhJournal

@Suite("Opening a journal")
struct OpeningTests {
  @Test("creates private files, in WAL mode, synced at each commit")
  func files() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "state/wh/journal.sqlite").path
      let journal = try Journal.sample(at: path)
      _ = try await journal.begin(Samples.metadata(), [Samples.update()])
      for suffix in ["", "-wal", "-shm"] { #expect(try mode(of: path + suffix) == 0o600) }
      for parent in ["state", "state/wh"] { #expect(try mode(of: folder.appending(path: parent).path) == 0o700) }
      let settings = try await journal.perform { db in
        [
          try String.fetchOne(db, sql: "PRAGMA journal_mode"), try String.fetchOne(db, sql: "PRAGMA synchronous"),
          try String.fetchOne(db, sql: "PRAGMA wal_autocheckpoint"),
        ]
      }
      #expect(settings == ["wal", "2", "1000"])
    }
  }

  @Test("for reading needs no write access, neither to the file nor to its folder", .enabled(if: geteuid() != 0))
  func withoutWriteAccess() async throws {
    try await withTemporaryFolder { folder in
      let before = try Journal.sample(at: folder.journal)
      _ = try await before.begin(Samples.metadata(), Samples.updates(3))
      before.close()
      try setMode(of: folder.journal, to: 0o400)
      try setMode(of: folder.path, to: 0o500)
      defer { try? setMode(of: folder.path, to: 0o700) }
      let journal = try #require(try Journal.open(toRead: folder.journal))
      #expect(try await journal.runs().map(\.intentCount) == [3])
      #expect(try await journal.check() == [])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
      await expectError(.unwritable) { try await journal.abandon(1) }
      // What a process that was killed left in the log can't be read without a file beside it.
      try setMode(of: folder.path, to: 0o700)
      try setMode(of: folder.journal, to: 0o600)
      let writer = try Journal.sample(at: folder.journal)
      _ = try await writer.begin(Samples.metadata(), [])
      let copy = try folder.filesOfADeadProcess()
      try setMode(of: URL(filePath: copy).deletingLastPathComponent().path, to: 0o500)
      await expectError(.unreadable) { _ = try Journal.open(toRead: copy) }
      try setMode(of: URL(filePath: copy).deletingLastPathComponent().path, to: 0o700)
      try setMode(of: folder.journal, to: 0)
      await expectError(.unreadable) { _ = try Journal.open(toRead: folder.journal) }
    }
  }

  @Test("for reading sees what is in the log, and writes nothing")
  func reading() async throws {
    try await withTemporaryFolder { folder in
      let odd = folder.appending(path: "a?b#c%20")
      let writer = try Journal.sample(at: odd.journal)
      let run = try await writer.begin(Samples.metadata(), Samples.updates(2))
      let journal = try #require(try Journal.open(toRead: odd.journal))
      run.record(Samples.done(Samples.update(0)), at: 0)
      try await run.flush()
      #expect(try await journal.run(1).counts == [.updated: 1, .unknown: 1])
      await expectError(.unwritable) { _ = try await journal.begin(Samples.metadata(), []) }
      await expectError(.unwritable) { _ = try await journal.reopen(1) }
      #expect(try await writer.run(1).finishedAt == nil)
    }
  }

  @Test("for reading detects a file that is not a journal, and one of a newer version")
  func readingOthers() async throws {
    try await withTemporaryFolder { folder in
      #expect(try Journal.open(toRead: folder.journal) == nil)
      #expect(FileManager.default.createFile(atPath: folder.journal, contents: nil))
      #expect(try Journal.open(toRead: folder.journal) == nil)
      try Data(repeating: 0x61, count: 4096).write(to: URL(filePath: folder.journal))
      await expectError(.notAJournal) { _ = try Journal.open(toRead: folder.journal) }
      let newer = folder.appending(path: "newer.sqlite").path
      _ = try Journal.sample(at: newer)
      try edit(newer) { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 something new')") }
      await expectError(.newerVersion) { _ = try Journal.open(toRead: newer) }
    }
  }

  @Test("refuses a pipe, without waiting for it")
  func pipe() async throws {
    try await withTemporaryFolder { folder in
      #expect(mkfifo(folder.journal, 0o600) == 0)
      await expectError(.notAJournal) { _ = try Journal.sample(at: folder.journal) }
      await expectError(.notAJournal) { _ = try Journal.open(toRead: folder.journal) }
      await expectError(.unreadable) { _ = try Journal.open(toRead: folder.path) }
    }
  }

  @Test("as immutable reads only the file")
  func immutable() async throws {
    try await withTemporaryFolder { folder in
      let odd = folder.appending(path: "a?b#c%20")
      let journal = try Journal.sample(at: odd.journal)
      _ = try await journal.begin(Samples.metadata(), [])
      #expect(JournalFile.hasLog(at: odd.journal))
      journal.close()
      #expect(!JournalFile.hasLog(at: odd.journal))
      var configuration = Configuration()
      configuration.readonly = true
      let database = try DatabaseQueue(
        path: JournalFile.immutableURI(of: odd.journal), configuration: configuration)
      #expect(try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM runs") } == 1)
    }
  }

  @Test("for reading creates none")
  func ifExists() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "new/journal.sqlite").path
      #expect(try Journal.open(ifExists: path) == nil)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
      _ = try Journal.sample(at: path).begin
      #expect(try Journal.open(ifExists: path) != nil)
    }
  }

  @Test(
    "says why a path can't be used", arguments: ["/proc/nowhere/journal.sqlite", "/dev/null/journal.sqlite", "/tmp"])
  func unwritable(path: String) async {
    await expectError(.unwritable) { _ = try Journal.sample(at: path) }
  }

  @Test("refuses a file and a folder that may not be written", .enabled(if: geteuid() != 0), arguments: [true, false])
  func readOnly(isFolder: Bool) async throws {
    try await withTemporaryFolder { folder in
      _ = try Journal.sample(at: folder.journal)
      let path = isFolder ? folder.path : folder.journal
      try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: path)
      await expectError(.unwritable) { _ = try Journal.sample(at: folder.journal) }
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    }
  }

  @Test("refuses a journal of a newer version, and leaves it as it is")
  func newerVersion() async throws {
    try await withTemporaryFolder { folder in
      _ = try Journal.sample(at: folder.journal)
      try edit(folder.journal) { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 something new')") }
      let before = try Data(contentsOf: URL(filePath: folder.journal))
      await expectError(.newerVersion) { _ = try Journal.sample(at: folder.journal) }
      await expectError(.newerVersion) { _ = try Journal.open(ifExists: folder.journal) }
      #expect(try Data(contentsOf: URL(filePath: folder.journal)) == before)
    }
  }

  @Test("refuses what is not a journal, and leaves it as it is")
  func notAJournal() async throws {
    try await withTemporaryFolder { folder in
      try Data(repeating: 0x61, count: 4096).write(to: URL(filePath: folder.journal))
      await expectError(.notAJournal) { _ = try Journal.sample(at: folder.journal) }
      let other = folder.appending(path: "other.sqlite").path
      try edit(other) { try $0.execute(sql: "CREATE TABLE runs (a)") }
      let before = try Data(contentsOf: URL(filePath: other))
      await expectError(.notAJournal) { _ = try Journal.sample(at: other) }
      #expect(try Data(contentsOf: URL(filePath: other)) == before)
    }
  }

  @Test("refuses to begin a run in a damaged file", arguments: [4096, 32768] as [UInt64])
  func damaged(from offset: UInt64) async throws {
    try await withTemporaryFolder { folder in
      do {
        let journal = try Journal.sample(at: folder.journal)
        _ = try await journal.begin(Samples.metadata(), Samples.updates(100))
        journal.close()
      }
      let file = try FileHandle(forUpdating: URL(filePath: folder.journal))
      let size = try file.seekToEnd()
      #expect(size > 65536)
      try file.seek(toOffset: offset)
      try file.write(contentsOf: Data(repeating: 0xA5, count: Int(size - offset)))
      try file.close()
      await expectError(.corrupt(run: nil)) {
        let journal = try Journal.sample(at: folder.journal)
        #expect(try await !journal.check().isEmpty)
        _ = try await journal.begin(Samples.metadata(), Samples.updates(1))
      }
    }
  }

  @Test("of one new file may be done many times at once, and all may write")
  func concurrentOpening() async throws {
    try await withTemporaryFolder { folder in
      let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<8 {
          group.addTask {
            let journal = try await withCheckedThrowingContinuation { continuation in
              Thread.detachNewThread {
                continuation.resume(with: Result { try Journal(path: folder.journal) })
              }
            }
            return try await journal.begin(Samples.metadata(), Samples.updates(50)).number
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(numbers.sorted() == Array(1...8))
      #expect(try await Journal.sample(at: folder.journal).check() == [])
    }
  }

  @Test("twice lets both see what the other wrote, and add to it")
  func twoAtOnce() async throws {
    try await withTemporaryFolder { folder in
      let (first, second) = (try Journal.sample(at: folder.journal), try Journal.sample(at: folder.journal))
      let changes = Samples.updates(3)
      let run = try await first.begin(Samples.metadata(), changes)
      let other = try await second.begin(Samples.metadata(profile: "other"), changes)
      for index in changes.indices {
        run.record(Samples.done(changes[index]), at: index)
        other.record(Outcome(changes[index], .conflict), at: index)
      }
      try await other.finish()
      try await run.finish()
      #expect(try await second.run(1).counts == [.updated: 3])
      #expect(try await first.run(2).counts == [.conflict: 3])
    }
  }

  private func edit(_ path: String, _ change: (Database) throws -> Void) throws {
    try DatabaseQueue(path: path).inDatabase { db in
      try change(db)
      _ = try db.checkpoint(.truncate)
    }
  }
}
