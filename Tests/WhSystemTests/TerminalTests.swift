import Foundation
import Synchronization
import Testing
import WhTestSupport

@testable import WhSystem

@Suite("The terminal, the pager and signals")
struct TerminalTests {
  @Test(
    "When colours are used",
    arguments: [
      (.auto, true, [:], true), (.auto, false, [:], false), (.auto, true, ["NO_COLOR": "1"], false),
      (.auto, true, ["NO_COLOR": ""], true), (.auto, true, ["TERM": "dumb"], false), (.never, true, [:], false),
      (.always, false, ["NO_COLOR": "1", "TERM": "dumb"], true),
    ] as [(ColourChoice, Bool, [String: String], Bool)])
  func colour(choice: ColourChoice, isTerminal: Bool, variables: [String: String], expected: Bool) {
    #expect(SystemTerminal(Environment(variables)).hasColour(choice, isTerminal: isTerminal) == expected)
  }

  @Test(
    "The pager is $PAGER, or `less` if installed; a dumb terminal has none",
    arguments: [
      (["PAGER": "cat -n"], "cat -n"), (["PAGER": ""], nil), (["PAGER": "nosuchpager"], nil),
      (["PAGER": "/bin/cat"], "/bin/cat"), (["PAGER": "/nowhere/cat"], nil), (["PAGER": "cat", "TERM": "dumb"], nil),
    ] as [([String: String], String?)])
  func pager(variables: [String: String], program: String?) {
    let environment = Environment(variables.merging(["PATH": "/nowhere:/usr/bin:/bin"]) { old, _ in old })
    let command = PagerProgram(environment)?.command
    #expect((command == nil) == (program == nil))
    if let program { #expect(command?.hasSuffix("; " + program) == true) }
  }

  @Test("Signals are reported with their number while they are listened for")
  func signals() async {
    let (told, continuation) = AsyncStream<Int32>.makeStream()
    signal(SIGURG, SIG_IGN)
    let listener = SignalListener([SIGUSR1, SIGUSR2, SIGURG]) { continuation.yield($0) }
    var numbers = told.makeAsyncIterator()
    for number in [SIGUSR1, SIGUSR2, SIGUSR1] {
      // It was ignored before, as SIGHUP is by `nohup`, and stays so.
      kill(getpid(), SIGURG)
      kill(getpid(), number)
      #expect(await numbers.next() == number)
    }
    withExtendedLifetime(listener) {}
  }
}
