import Testing
import WhShell

@Suite("What one Tab does")
struct CompletionActionTests {
  private func action(
    _ line: String, cursor: Int? = nil, from start: Int = 0, _ candidates: [String], space: Bool = true
  ) -> CompletionAction {
    CompletionAction(
      CompletionResult(replaceFrom: start, candidates: candidates.map { Candidate($0) }, appendSpace: space),
      line: line,
      cursorByteOffset: cursor ?? line.utf8.count)
  }

  @Test("No matches")
  func none() {
    #expect(action("x", []) == .none)
    #expect(action("x", ["x"], space: false) == .none)
  }

  @Test("A single candidate, with a space unless one exists or it is not wanted")
  func lone() {
    #expect(action("sh", ["show"]) == .replace(bytes: 2, with: "show "))
    #expect(action("show", ["show"]) == .replace(bytes: 4, with: "show "))
    #expect(action("sh", ["show"], space: false) == .replace(bytes: 2, with: "show"))
    #expect(action("sh x", cursor: 2, ["show"]) == .replace(bytes: 2, with: "show"))
    #expect(action("use pro", from: 4, ["\"prod ü\""]) == .replace(bytes: 3, with: "\"prod ü\" "))
    #expect(action("sh", ["show", "show"]) == .replace(bytes: 2, with: "show "))
  }

  @Test("Several have a longer common prefix, or another spelling")
  func several() {
    #expect(action("s", ["staged", "status"]) == .replace(bytes: 1, with: "sta"))
    #expect(action("ST", ["staged", "status"]) == .replace(bytes: 2, with: "sta"))
    #expect(action("", ["é1", "é2"]) == .replace(bytes: 0, with: "é"))
  }

  @Test("Several without a longer common prefix are listed")
  func list() {
    let listed = CompletionAction.list([Candidate("staged"), Candidate("status")])
    #expect(action("sta", ["staged", "status"]) == listed)
    #expect(action("", ["a", "b"]) == .list([Candidate("a"), Candidate("b")]))
    #expect(action("zzzz", ["staged", "status"]) == listed)
    // The bytes of é and è begin alike, but half a character is not a character.
    #expect(action("", ["é", "è"]) == .list([Candidate("é"), Candidate("è")]))
    // An accent of its own is not taken apart from its letter.
    #expect(action("", ["e\u{301}", "e\u{300}"]) == .list([Candidate("e\u{301}"), Candidate("e\u{300}")]))
  }

  @Test("Offsets out of range are clamped", arguments: [(-5, -3), (9, 2), (2, 99), (99, 99), (2, 1)])
  func offsets(start: Int, cursor: Int) {
    guard case .replace(let bytes, _) = action("abc", cursor: cursor, from: start, ["xyzzy"]) else {
      Issue.record("nothing was replaced")
      return
    }
    #expect((0...3).contains(bytes))
  }
}
