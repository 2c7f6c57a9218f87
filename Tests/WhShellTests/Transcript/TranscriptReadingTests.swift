import Testing
import WhSession

@testable import WhShell

@Suite("A transcript is read")
struct TranscriptReadingTests {
  private static func read(_ text: String) -> Transcript { Transcript(name: "t.wh", bytes: Array(text.utf8)) }

  @Test func entriesModesAndSessions() throws {
    let transcript = Self.read(
      """
      #: wh transcript 1, 2026-11-24T16:00:00Z, sandbox
      #: mode batch
      #: not typed
      let host = x
      #: typed
      # a remark

      use app a; webhook *
      #> one
      #>
      #! two
      echo "a
      b" # c
      #? ad event
      #? more
      #! error
      #~ any*thing
      #: wh transcript 1, 2026-11-25T16:00:00Z, sandbox
      echo x \\
        y

      """)
    #expect(transcript.parts.map(\.mode) == [.batch, .prompt])
    let entries = transcript.parts[0].entries
    #expect(entries.map(\.text) == ["let host = x", "use app a; webhook *", "echo \"a\nb\" # c", "ad event\nmore"])
    #expect(entries.map(\.line) == [4, 8, 12, 14])
    #expect(entries.map(\.isFailed) == [false, false, false, true])
    #expect(entries.map(\.isRecorded) == [false, true, true, true])
    #expect(entries[1].expected.map(\.comment) == ["#> one", "#>", "#! two"])
    #expect(entries[3].expected == [.line(PrintedLine(.error, "error")), .pattern("any*thing")])
    #expect(transcript.parts[1].entries.map(\.text) == ["echo x \\\n  y"])
  }

  @Test(arguments: [
    ("#: wh transcript 1, x", true), ("\u{FEFF}#: wh transcript 1, x", true), ("#: wh transcript 2, x", false),
    ("# wh transcript 1, x", false), ("", false), ("#: wh transcript 10, x", false),
  ])
  func beginning(_ text: String, _ isOne: Bool) {
    #expect(Transcript.begins(Array(text.utf8)) == isOne)
  }

  @Test("A mark is one with an accent after it too")
  func accents() {
    let transcript = Self.read(
      "#: wh transcript 1, x, y\n#? \u{301}ad\n#>\u{301}a\n#! \u{301}b\n#\u{301} a comment\necho c\n")
    let entries = transcript.parts[0].entries
    #expect(entries.map(\.text) == ["\u{301}ad", "echo c"])
    #expect(
      entries[0].expected == [.line(PrintedLine(.output, "\u{301}a")), .line(PrintedLine(.error, "\u{301}b"))])
  }

  @Test func lineEndsOfWindowsAreRead() {
    let transcript = Self.read("#: wh transcript 1, x, y\r\necho a\r\n#> a\r\n")
    #expect(transcript.parts[0].entries.map(\.text) == ["echo a"])
    #expect(transcript.parts[0].entries[0].expected.map(\.comment) == ["#> a"])
  }

  @Test func aStandInTakesThePlaceOfEachMark() {
    let filled = SecretMarks.filled("a ••••, ••••2•••• and ••••13x") { "<\($0)>" }
    #expect(filled == "a <1>, <2><1> and <13>x")
  }

  @Test func secretsAreToldApart() {
    let redactor = Redactor()
    redactor.learn("hunter22")
    redactor.learn("correct-horse")
    var marks = SecretMarks(redactor)
    #expect(marks.mark("a hunter22 b") == "a •••• b")
    #expect(marks.mark("correct-horse, hunter22") == "••••2, ••••")
    var later = SecretMarks(redactor, after: "set header X-Token ••••2\n")
    #expect(later.mark("hunter22") == "••••3")
  }
}
