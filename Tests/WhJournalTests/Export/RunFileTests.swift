import Testing
import WhDomain

@testable import WhJournal

@Suite("A run in a file")
struct RunFileTests {
  private static let passphrase = Array("correct horse".utf8)
  private static let secret = "s3cret"

  /// A run of every kind of change and outcome, in a journal.
  private static func exported(from log: any RunLog, isDone: Bool = false) async throws -> RunFile {
    let changes = [Samples.update(0), Samples.creation, Samples.deletion, Samples.update(3)]
    let writer = try await log.begin(Samples.metadata(), changes)
    writer.record(Samples.done(changes[0]), at: 0, tries: 3)
    writer.record(Outcome(changes[1], .created, answer: Samples.webhook("whk_new")), at: 1)
    writer.record(Outcome(changes[2], .failed, message: "no\n\"way\""), at: 2)
    if isDone { writer.record(Samples.done(changes[3]), at: 3) }
    let run = try await writer.finish()
    return RunFile(run, try await log.allIntents(of: run.number))
  }

  @Test("is read as it was written, plain and encrypted", arguments: [nil, passphrase])
  func roundTrip(passphrase: [UInt8]?) async throws {
    let file = try await Self.exported(from: MemoryRunLog())
    let text = try file.text(tool: "0.2.0", passphrase: passphrase)
    #expect(try RunFile(file: Array(text.utf8), passphrase: passphrase) == file)
    #expect(text.contains(Self.secret) == (passphrase == nil))
    #expect(text.contains("old.example.com") == (passphrase == nil))
    if passphrase != nil { #expect(try file.text(tool: "0.2.0", passphrase: passphrase) != text, "another salt") }
  }

  @Test("is refused with another passphrase, without one, and when it was changed")
  func sealed() async throws {
    let file = try await Self.exported(from: MemoryRunLog())
    let text = try file.text(tool: "0.2.0", passphrase: Self.passphrase)
    #expect(throws: RunFileProblem.needsPassphrase) { try RunFile(file: Array(text.utf8), passphrase: nil) }
    #expect(throws: RunFileProblem.wrongPassphrase) {
      try RunFile(file: Array(text.utf8), passphrase: Array("Correct horse".utf8))
    }
    let start = try #require(text.firstRange(of: #""sealed":""#)).upperBound
    var changed = text
    changed.replaceSubrange(start...start, with: text[start] == "A" ? "B" : "A")
    #expect(throws: RunFileProblem.wrongPassphrase) {
      try RunFile(file: Array(changed.utf8), passphrase: Self.passphrase)
    }
    let costly = text.replacing(#""iterations":600000"#, with: #""iterations":2000000000"#)
    #expect(throws: RunFileProblem.notARun) { try RunFile(file: Array(costly.utf8), passphrase: Self.passphrase) }
  }

  @Test(
    "is refused where it is no run",
    arguments: [
      ("", RunFileProblem.notARun), (#"{"format":"wh plan","version":1}"#, .notARun),
      (#"{"format":"wh run","version":2}"#, .newerVersion(2)), (#"{"format":"wh run","version":1}"#, .notARun),
    ])
  func refused(text: String, problem: RunFileProblem) {
    #expect(throws: problem) { try RunFile(file: Array(text.utf8), passphrase: nil) }
  }

  @Test("without its secrets names them, and can be added if nothing of it is open")
  func withoutSecrets() async throws {
    for isDone in [false, true] {
      let hidden = try await Self.exported(from: MemoryRunLog(), isDone: isDone)
        .withoutSecrets { $0.replacing(Self.secret, with: "••••") }
      #expect(!(try hidden.text(tool: "1", passphrase: nil)).contains(Self.secret))
      #expect(hidden.leftOut.contains("header X-Key of whk_0"))
      #expect(hidden.lacksOpenSecrets == !isDone)
    }
  }

  @Test("is a new run in another journal, which is resumed and undone as in the first", arguments: Form.allCases)
  func added(form: Form) async throws {
    let text = try await Self.exported(from: MemoryRunLog()).text(tool: "1", passphrase: nil)
    let file = try RunFile(file: Array(text.utf8), passphrase: nil)
    try await withJournal(form) { journal in
      try await journal.log.begin(Samples.metadata(), []).finish()
      let added = try await file.add(to: journal.log)
      #expect((added.number, added.state, added.openCount) == (2, .interrupted, 1))
      #expect(added.metadata.startedAt == Samples.metadata().startedAt)
      let intents = try await journal.log.allIntents(of: 2)
      #expect(intents.map(\.change) == file.intents.map(\.change))
      #expect(intents.map(\.state) == file.intents.map(\.state))
      #expect(intents.map(\.isOpen) == file.intents.map(\.isOpen))
      #expect(intents.map { $0.outcome?.answer } == file.intents.map { $0.outcome?.answer })
      #expect(try await journal.log.check() == [])
    }
  }

  @Test("that was given up is given up in the other journal too")
  func abandoned() async throws {
    let log = MemoryRunLog()
    let run = try await Self.exported(from: log)
    try await log.abandon(run.number)
    let file = RunFile(try await log.run(run.number), try await log.allIntents(of: run.number))
    let text = try file.text(tool: "1", passphrase: nil)
    let added = try await RunFile(file: Array(text.utf8), passphrase: nil).add(to: MemoryRunLog())
    #expect(added.state == .abandoned)
  }
}
