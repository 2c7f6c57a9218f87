import Foundation
import Testing
import WhDomain

@testable import WhJournal

@Suite("X7: opening a journal that others can read")
struct FaultsX7 {
  @Test("X7: it makes the files private, and leaves the folder", arguments: [0o666, 0o640, 0o604, 0o644, 0o620])
  func looseModes(mode: Int) async throws {
    try await withTemporaryFolder { folder in
      let before = try Journal.sample(at: folder.journal)
      _ = try await before.begin(Samples.metadata(), [Samples.update()])
      await (try await before.lockDefault()).release()
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).map {
        folder.appending(path: $0).path
      }
      #expect(files.count == 4)
      for file in files { try setMode(of: file, to: mode) }
      try setMode(of: folder.path, to: 0o755)
      let journal = try Journal.sample(at: folder.journal)
      await (try await journal.lockDefault()).release()
      for file in files { #expect(try WhJournalTests.mode(of: file) == 0o600, "\(file)") }
      #expect(try WhJournalTests.mode(of: folder.path) == 0o755)
      #expect(try await journal.run(1).intentCount == 1)
      try setMode(of: folder.journal, to: mode)
      #expect(try Journal.open(toRead: folder.journal) != nil)
      #expect(try WhJournalTests.mode(of: folder.journal) == 0o600)
    }
  }

  @Test("X7: it refuses a file of another user that others can write", .enabled(if: geteuid() == 0))
  func exposed() async throws {
    try await withTemporaryFolder { folder in
      _ = try Journal.sample(at: folder.journal)
      #expect(chown(folder.journal, 12_345, 12_345) == 0)
      _ = try Journal.sample(at: folder.journal)
      try setMode(of: folder.journal, to: 0o660)
      await expectError(.exposed) { _ = try Journal.sample(at: folder.journal) }
      #expect(try mode(of: folder.journal) == 0o660)
    }
  }
}
