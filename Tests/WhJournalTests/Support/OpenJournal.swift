import Foundation
import WhDomain
import WhTestSupport

@testable import WhJournal

/// The forms of the journal, all of which must do what `RunLog` says.
enum Form: String, CaseIterable {
  case sqlite, memory, postgres
}

/// A new journal, with what a test does to it besides using it.
struct OpenJournal {
  let log: any RunLog
  let time: ManualTime
  /// The same journal, as another process opens it.
  let another: () throws -> any RunLog
  /// The same journal, as the next process finds it when this one ends now.
  let crash: () throws -> any RunLog
  /// Fills the disk, or makes room on it.
  let setFull: (Bool) async throws -> Void
}

/// Opens a new journal of a form, with time that stands still: nothing is written in the background.
func withJournal(_ form: Form, _ body: (OpenJournal) async throws -> Void) async throws {
  let time = ManualTime()
  switch form {
  case .memory:
    let log = MemoryRunLog(environment: time.environment)
    try await body(
      OpenJournal(
        log: log, time: time, another: { log.another() },
        crash: {
          log.crash()
          return log
        }, setFull: { log.setFull($0) }))
  case .sqlite:
    try await withTemporaryFolder { folder in
      let log = try Journal.sample(at: folder.journal, time: time)
      try await body(
        OpenJournal(
          log: log, time: time, another: { try Journal.sample(at: folder.journal, time: time) },
          crash: { try Journal.sample(at: try folder.filesOfADeadProcess(), time: time) },
          setFull: { try await log.limitPages(to: $0 ? nil : 100_000) }))
    }
  case .postgres:
    let database = try JournalDatabase()
    let log = database.journal(time)
    try await log.prepare()
    try await body(
      OpenJournal(
        log: log, time: time, another: { database.journal(time, application: "another") },
        crash: {
          try database.endConnections()
          return database.journal(time)
        }, setFull: { try database.setFull($0) }))
    await log.close()
  }
}

extension URL {
  /// Copies what is on disk at this moment of the journal in this folder, as a process that is killed now would leave it.
  ///
  /// - Returns: the path of the copy.
  func filesOfADeadProcess() throws -> String {
    let copy = appending(path: "copy-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: journal + suffix) {
      try FileManager.default.copyItem(atPath: journal + suffix, toPath: copy.journal + suffix)
    }
    return copy.journal
  }
}
