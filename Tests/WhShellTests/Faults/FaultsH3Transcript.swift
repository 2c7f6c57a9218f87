import Testing
import WhSession

@testable import WhShell

/// Found by `scripts/fuzz transcript`.
@Suite("H3: a transcript is read in one pass", .timeLimit(.minutes(1)))
struct FaultsH3Transcript {
  private static let head = "#: wh transcript 1, 2026-11-24T16:00:00Z, x\n"

  private func texts(_ text: String) -> [[String]] {
    Transcript(name: "t.wh", bytes: Array((Self.head + text).utf8)).parts.map { $0.entries.map(\.text) }
  }

  @Test(
    "H3: lines that are quoted, joined, or have a quote that is never closed",
    arguments: ["'", "\"", "\" \"", "\\", "x"])
  func long(_ line: String) {
    let text = "echo \"\n" + String(repeating: line + "\n", count: 100_000)
    #expect(texts(text).count == 1)
  }

  @Test(
    "H13: the head of a session is not swallowed by a statement before it",
    arguments: ["echo x \\\n", "echo x\\\n", "echo \"open\n", "echo 'open\n\n", "echo \"a\n\" 'b\n"])
  func heads(_ last: String) {
    let parts = texts("echo 1\n#> 1\n" + last + Self.head + "echo 2\n")
    #expect(parts.count == 2)
    #expect(parts.first?.first == "echo 1" && parts.last == ["echo 2"], "\(parts)")
  }

  @Test("H13: an update writes what reads as the same statements, whatever bytes there are")
  func bytes() {
    let tails: [[UInt8]] = [
      Array("echo \"a\nb\" \u{2028}x\n".utf8), [0xFF] + Array(" echo 'a\nb'\nshow\n".utf8),
      Array("echo 'a\r\r\nb'\n".utf8),
      Array("echo \"\r\nshow\n\"\nshow\n".utf8), Array("echo 'a\rb\nc'\n".utf8), Array("echo x\u{85}y \\\nz\n".utf8),
    ]
    for tail in tails {
      let transcript = Transcript(name: "t.wh", bytes: Array(Self.head.utf8) + tail)
      let text = transcript.lines.joined(separator: "\n")
      let again = Transcript(name: "t.wh", bytes: Array(text.utf8))
      #expect(again.parts.map { $0.entries.map(\.text) } == transcript.parts.map { $0.entries.map(\.text) }, "\(tail)")
    }
  }

  @Test(
    "Statements of several lines",
    arguments: [
      ("echo \"a\nb\" # c\n#> a\n", ["echo \"a\nb\" # c"]), ("echo x \\\n  y\n", ["echo x \\\n  y"]),
      ("echo x \\\r\n  y\r\n", ["echo x \\\n  y"]), ("echo 'it\n#> s'\n", ["echo 'it\n#> s'"]),
      ("echo 1; echo \"2\n3\"\nshow\n", ["echo 1; echo \"2\n3\"", "show"]), ("echo \"a\nshow\n", ["echo \"a", "show"]),
      ("echo a\rb\nshow\n", ["echo a\rb", "show"]), ("echo 'a\rb\nc'\n", ["echo 'a\rb", "c'"]),
      ("# it's\necho it's\nshow\n", ["echo it's", "show"]), ("dump | sed 's/a\nshow\n", ["dump | sed 's/a", "show"]),
    ])
  func several(_ text: String, _ entries: [String]) {
    #expect(texts(text) == [entries])
  }
}
