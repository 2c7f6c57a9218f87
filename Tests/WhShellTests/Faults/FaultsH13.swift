import Synchronization
import Testing
import WhDomain
import WhSession

@testable import WhShell

@Suite("H13: a crafted transcript or recording is refused or read, and never crashes")
struct FaultsH13 {
  private static let header = #"{"version": 2, "width": 80, "height": 24, "timestamp": 1, "title": "wh"}"# + "\n"

  /// A recording in memory that is appended to.
  private final class Recording: RecordedFile {
    let start: [UInt8]
    private let bytes: Mutex<[UInt8]>

    init(_ text: String) {
      start = Array(text.utf8)
      bytes = Mutex(start)
    }

    var text: String { String(decoding: bytes.withLock(\.self), as: UTF8.self) }
    func read() -> [UInt8] { bytes.withLock(\.self) }
    func write(_ new: [UInt8], at offset: Int) { bytes.withLock { $0 = $0.prefix(offset) + new } }
    func close() {}
  }

  private static func append(_ events: String) throws -> String {
    let file = Recording(header + events)
    let console = Console(
      terminal: TerminalTraits(columns: 80), redactor: Redactor(), .none)
    var form = try CastForm(
      file, header: CastHeader(columns: 80, rows: 24, timestamp: 1), isTyped: false, redactor: Redactor(),
      renderers: Renderers(console, verbosity: .normal, isInteractive: false), now: { 1000 })
    try form.begin("echo", isIncluded: false)
    return String(file.text.dropFirst(header.count + events.count))
  }

  @Test(
    "H13: a time that is none",
    arguments: [
      "1e300", "1e18", "9223372036854775807", "1e10", "inf", "nan", "-inf", "-5", "-1e300", "abc", "", "\"1\"",
      "0x1p9999",
    ])
  func times(time: String) throws {
    let events = "[1.5, \"o\", \"x\"]\n[\(time), \"o\", \"x\"]\n"
    #expect(throws: FileProblem("line 3 is not an event of a recording: its time is invalid")) {
      try Self.append(events)
    }
  }

  @Test(
    "H13: a time that is one goes on",
    arguments: [
      ("", "0.000"), ("[0, \"o\", \"x\"]\n", "0.000"), ("[1.5, \"o\", \"x\"]\n", "1.500"),
      ("[1e9, \"o\", \"x\"]\n", "1000000000.000"), ("[2.25, \"o\", \"x\"]\n[", "2.250"),
      ("[2.25, \"o\", \"x\"]\n[9.7", "2.250"),
      ("[2.25, \"o\", \"x\"]\n\n", "2.250"), ("[2.25, \"o\"", "2.250"),
    ])
  func fine(events: String, time: String) throws {
    let text = try Self.append(events)
    #expect(text.contains("[\(time), \"o\", \"wh> echo"), "\(text)")
  }

  @Test(
    "H13: numbers of secrets that are not ours",
    arguments: [
      ("9223372036854775807", 2), ("9223372036854775806", 2), ("99999999999999999999", 2), ("1000001", 2),
      ("1000000", 1_000_001), ("7", 8), ("", 2),
    ])
  func marks(number: String, next: Int) {
    let redactor = Redactor()
    redactor.learn("canary-secret")
    // The plain mark of the second line is the first one's.
    var marks = SecretMarks(redactor, after: "set header X \(Redactor.mask)\(number)\necho \(Redactor.mask)\n")
    #expect(marks.mark("canary-secret") == "\(Redactor.mask)\(next)")
  }
}
