import Synchronization
import Testing
import WhShell

/// Sessions that print at the same time.
@Suite struct OutputTurnsTests {
  /// What reached the streams, in order.
  private final class Written: Sendable {
    private let pieces = Mutex<[String]>([])
    private let isBroken = Mutex(false)
    var all: [String] { pieces.withLock(\.self) }

    func breakOutput() { isBroken.withLock { $0 = true } }

    var streams: OutputStreams {
      OutputStreams(
        output: { [self] text in
          guard !isBroken.withLock(\.self) else { return false }
          pieces.withLock { $0.append(text) }
          return true
        },
        error: { [self] text in
          pieces.withLock { $0.append("!" + text) }
          return true
        }, outputProblem: { "no space left" })
    }
  }

  /// Prints and ends of sessions: `0:text` prints to standard output, `0!text` to standard error, and `0.` ends it.
  @Test(arguments: [
    (["0:a", "0!b", "0."], ["a", "!b"]),
    (["1:x", "0:a", "1!y", "0."], ["a", "x", "!y"]),
    (["1:x", "1.", "2:z", "0:a", "0."], ["a", "x", "z"]),
    (["2:z", "2.", "1.", "0.", "3:w"], ["z", "w"]),
    (["0:a", "0.", "1:x", "2:z", "1:y", "1."], ["a", "x", "y", "z"]),
    (["1:x"], []),
    (["0.", "0:late", "1:x"], ["late", "x"]),
  ])
  func order(steps: [String], expected: [String]) throws {
    let written = Written()
    let turns = OutputTurns(over: written.streams)
    for step in steps {
      let index = try #require(step.first.flatMap { Int(String($0)) })
      let text = String(step.dropFirst(2))
      switch step.dropFirst().first {
      case ":": #expect(turns.streams(of: index).output(text))
      case "!": #expect(turns.streams(of: index).error(text))
      default: turns.end(index)
      }
    }
    #expect(written.all == expected)
  }

  @Test("A text that was kept and then can't be written is a problem of all")
  func lostText() {
    let written = Written()
    let turns = OutputTurns(over: written.streams)
    #expect(turns.streams(of: 1).output("kept"))
    #expect(turns.outputProblem == nil)
    written.breakOutput()
    turns.end(0)
    #expect(turns.outputProblem == "no space left")
    #expect(!turns.streams(of: 1).output("more"))
    #expect(written.all == [])
  }
}
