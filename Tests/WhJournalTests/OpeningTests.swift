import Foundation
import GRDB
import Testing
import WhDomain

@testable import WhJournal

@Suite("Opening a journal")
struct OpeningTests {
  @Test("makes files that their owner alone can read, in WAL mode, synced at each commit")
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

  @Test("leaves the modes of a file and a folder that are there")
  func presentModes() async throws {
    try await withTemporaryFolder { folder in
      #expect(FileManager.default.createFile(atPath: folder.journal, contents: nil))
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.journal)
      try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: folder.path)
      _ = try Journal.sample(at: folder.journal)
      #expect(try mode(of: folder.journal) == 0o640)
      #expect(try mode(of: folder.path) == 0o750)
    }
  }

  @Test("for a look alone makes none")
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
    "says what a place is not fit for", arguments: ["/proc/nowhere/journal.sqlite", "/dev/null/journal.sqlite", "/tmp"])
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

  @Test("refuses what is no journal, and leaves it as it is")
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
