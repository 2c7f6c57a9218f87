import Foundation
import Testing
import WhTestSupport

@Suite("Without a journal that can be written, nothing is sent")
struct UnusableJournalTests {
  /// What is wrong with the journal.
  enum Fault: CaseIterable, CustomTestStringConvertible {
    case folderInItsPlace, fileForItsFolder, otherFile, damaged, newer

    var testDescription: String { "\(self)" }

    /// What is said of it, and what to do.
    var said: (String, String) {
      switch self {
      case .folderInItsPlace: ("can't be written: Is a directory", "set XDG_STATE_HOME to another folder")
      case .fileForItsFolder: ("can't be written: Not a directory", "set XDG_STATE_HOME to another folder")
      case .otherFile: ("is not a wh journal", "move the file away")
      case .damaged: ("is damaged", "`wh runs check`")
      case .newer: ("was written by a newer version of wh", "install the latest wh")
      }
    }
  }

  private static let journal = "state/wh/journal.sqlite"

  @Test("A damaged, foreign or newer journal is refused with advice", arguments: Fault.allCases)
  func unusable(fault: Fault) async throws {
    let home = try Home()
    let server = try OneWebhook().serve()
    let file = URL(fileURLWithPath: home.path(Self.journal))
    switch fault {
    case .folderInItsPlace: try home.makeFolder(Self.journal)
    case .fileForItsFolder: try Data().write(to: URL(fileURLWithPath: home.path("state/wh")))
    case .otherFile:
      try home.makeFolder("state/wh")
      try Data(repeating: 0xA5, count: 100_000).write(to: file)
    case .damaged, .newer:
      let run = try await home.wh("-c", OneWebhook.example, environment: WhRun.environment(server))
      #expect(run.exit == 0, "\(run.testDescription)")
      var bytes = try home.bytes(Self.journal)
      if fault == .damaged {
        for place in 4096..<bytes.count { bytes[place] = 0x5A }
      } else {
        // The tables are unchanged, but a migration is unknown.
        let (step, later) = (Array("1 runs and ledger".utf8), Array("9 runs and ledger".utf8))
        for place in bytes.indices.dropLast(step.count) where bytes[place...].starts(with: step) {
          bytes.replaceSubrange(place..<place + step.count, with: later)
        }
      }
      try Data(bytes).write(to: file)
    }
    let before = server.requests.count
    let run = try await home.wh("-c", OneWebhook.example, environment: WhRun.environment(server))
    #expect(run.exit == 73, "\(run.testDescription)")
    #expect(run.error.contains("error[journal-unusable]") && run.error.contains("nothing was sent"))
    #expect(run.error.contains(fault.said.0) && run.error.contains(fault.said.1), "\(run.testDescription)")
    #expect(server.requests[before...].allSatisfy { $0.method == "GET" })
  }

  @Test("A file that can't grow is refused, at creation or when a run is written", arguments: [8, 64, 600])
  func full(kilobytes: Int) async throws {
    let home = try Home()
    let server = try ManyWebhooks(count: 3000).serve()
    let limited = "ulimit -f \(kilobytes * 2); exec \"$0\" \"$@\""
    let child = try WhChild(
      home, ["-c", limited, BuiltProducts.path(of: "wh"), "-c", ManyWebhooks.script], executable: "/bin/sh",
      environment: WhRun.environment(server))
    let run = try await child.finished()
    #expect(run.exit == 73, "\(run.testDescription)")
    #expect(run.error.contains("error[journal-unusable]"), "\(run.testDescription)")
    #expect(!server.requests.isEmpty && server.requests.allSatisfy { $0.method == "GET" })
  }
}
