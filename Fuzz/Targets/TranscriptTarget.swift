import Synchronization
import WhDomain
import WhSession
import WhSyntax

@testable import WhShell

/// A transcript or a recording of the terminal, as others edited it: read, compared, updated, and recorded on to.
enum TranscriptTarget: FuzzTarget {
  static let words = [
    "#: wh transcript 1, 2026-11-24T16:00:00Z, x\n", "#: mode prompt\n", "#: mode batch\n", "#: mode plan\n",
    "#: not typed\n", "#: typed\n", "\n#> ", "\n#! ", "\n#? ", "\n#~ ", "#! error[", "error[a]: x", "••••", "••••2",
    "9223372036854775807", "run 1", "2026-11-24T16:00:00Z", "127.0.0.1:80", " --> a:1:2", "{\"version\": 2,",
    "[1.5, \"o\", \"",
    "1e400", "nan", "inf", "-1", "echo \"", "\"", "\\\n", "webhook *\n", "\r\n", "\u{2028}", "\u{FEFF}",
    "hunter2-secret",
  ]

  private static let secret = "hunter2-secret"

  static func run(_ bytes: [UInt8]) {
    guard let kind = bytes.first else { return }
    let parts = bytes.dropFirst().split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
    let typed = String(decoding: parts.count > 1 ? parts[1] : [], as: UTF8.self)
    let redactor = Redactor()
    if kind & 1 == 1 {
      recordTerminal(parts[0], typed, redactor)
    } else {
      let bytes = Array("\(Transcript.first)1, 2026-11-24T16:00:00Z, x\n".utf8) + parts[0]
      readTranscript(bytes)
      recordTranscript(bytes, typed, redactor, isFailed: kind & 2 == 2)
    }
  }

  // MARK: Reading

  private static func readTranscript(_ bytes: [UInt8]) {
    let transcript = Transcript(name: "t.wh", bytes: bytes)
    rule(Transcript.begins(bytes) && !transcript.parts.isEmpty, "a transcript has no session")
    var last = -1
    for entry in transcript.parts.flatMap(\.entries) {
      for place in Array(entry.places) + entry.expectedPlaces {
        rule(place > last && place < transcript.lines.count, "lines are read twice, or out of order")
        last = place
      }
      rule(entry.line == entry.places.lowerBound + 1, "a statement has another line")
      _ = SecretMarks.filled(entry.text) { "withheld-value-\($0)" }
    }
    let same = transcript.parts.flatMap(\.entries).map { entry in
      let lines = entry.expected.compactMap { if case .line(let line) = $0 { line } else { nil } }
      // One that can't be read fails, whatever the transcript says.
      let lexed = Lexer.lex(Source(name: "", text: entry.text))
      let isFailed = entry.isFailed || lexed.isIncomplete || !lexed.diagnostics.isEmpty
      return Replay.Step(entry: entry, printed: lines, failure: isFailed ? .failed : nil)
    }
    for step in same
    where step.printed.count == step.entry.expected.count && (step.failure != nil) == step.entry.isFailed {
      rule(Comparison(step, TranscriptMask()).isEqual, "what a transcript says differs from itself")
    }
    // Each line shows up at another place, with another one between.
    let moved = same.map { step in
      Replay.Step(
        entry: step.entry, printed: [PrintedLine(.output, "new")] + step.printed.reversed(), failure: step.failure)
    }
    let report = ReplayReport(transcript, moved)
    _ = report.text(TerminalTraits(hasColourOutput: true))
    _ = report.json
    let updated = Transcript(name: "t.wh", bytes: Array(report.updatedText.utf8))
    rule(
      updated.parts.map { $0.entries.map(\.text) } == transcript.parts.map { $0.entries.map(\.text) },
      "an update changes the statements: \(report.updatedText.debugDescription)")
  }

  // MARK: Recording

  private static func recordTranscript(_ bytes: [UInt8], _ typed: String, _ redactor: Redactor, isFailed: Bool) {
    let file = MemoryFile(bytes)
    let before = Transcript(name: "t.wh", bytes: bytes)
    do throws(FileProblem) {
      var form = try TranscriptForm(
        file, head: Transcript.head("2026-11-25T00:00:00Z", "y", .prompt), setting: ["use app a"], redactor: redactor)
      try form.begin("echo " + typed, isIncluded: false)
      try form.show([.output(.text(typed)), .output(.note(typed))], .text)
      redactor.learn(secret)
      try form.hideSecrets()
      try form.show([.output(.text(typed + secret))], .text)
      try form.finish(isFailed: isFailed)
      if isFailed { try form.abandon("; " + typed) }
      try form.refuse(
        typed,
        [TextProblem(diagnostic: Diagnostic(.unexpectedWord, typed, at: Span(Source(name: "p", text: typed), 0..<0)))],
        .text)
      try form.end(dropping: 1)
    } catch {
      broken("a file in memory can't be written")
    }
    let after = Transcript(name: "t.wh", bytes: file.read())
    rule(!redactor.redact(file.text).contains(secret) && !file.text.contains(secret), "a secret is recorded")
    // No statement has a line that begins as a session does.
    guard !typed.contains(Transcript.first) else { return }
    rule(after.parts.count == before.parts.count + 1, "a session is not a session of its own")
  }

  private static func recordTerminal(_ bytes: [UInt8], _ typed: String, _ redactor: Redactor) {
    let file = MemoryFile(Array("{\"version\": 2,".utf8) + bytes)
    let console = Console(terminal: TerminalTraits(), redactor: redactor, .none)
    do throws(FileProblem) {
      var form = try CastForm(
        file, header: CastHeader(columns: 80, rows: 24, timestamp: 1), isTyped: false, redactor: redactor,
        renderers: Renderers(console, verbosity: .normal, isInteractive: true), now: { 5 })
      try form.begin("echo " + typed, isIncluded: false)
      try form.show([.output(.text(typed))], .text)
      redactor.learn(secret)
      try form.hideSecrets()
      try form.show([.output(.text(secret))], .text)
      form.end(dropping: 0)
    } catch {
      return
    }
    rule(!file.text.contains(secret), "a secret is recorded")
  }
}

/// A file in memory.
private final class MemoryFile: RecordedFile {
  let start: [UInt8]
  private let bytes: Mutex<[UInt8]>

  init(_ start: [UInt8]) {
    self.start = start
    bytes = Mutex(start)
  }

  var text: String { String(decoding: read(), as: UTF8.self) }

  func read() -> [UInt8] { bytes.withLock(\.self) }

  func write(_ new: [UInt8], at offset: Int) throws(FileProblem) {
    let isInside = bytes.withLock { $0.count >= offset }
    rule(isInside && offset >= 0, "written after the end of the file")
    bytes.withLock { $0 = $0.prefix(offset) + new }
  }

  func close() {}
}
