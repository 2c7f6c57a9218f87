import Synchronization
import Testing
import WhSession
import WhShell

@Suite("Long output")
struct PagerTests {
  @Test(
    "Rows are counted as a terminal fills them, without colours",
    arguments: [
      ("", 1, 10, false), ("a\nb\n", 2, 10, false), ("a\nb\nc\n", 2, 10, true), ("0123456789\n", 1, 10, false),
      ("0123456789x\n", 1, 10, true), ("\n\n", 1, 10, true), ("日本語日本\n", 1, 10, false), ("日本語日本x\n", 1, 10, true),
      ("\u{1B}[31m0123456789\u{1B}[0m\n", 1, 10, false), ("no line end", 1, 80, false),
    ])
  func length(text: String, rows: Int, columns: Int, isLonger: Bool) {
    #expect(Pager.isLonger(text, than: rows, columns: columns) == isLonger)
  }

  @Test("T16: lines that were typed ahead keep the pager away", arguments: [false, true])
  func typedAhead(isTypedAhead: Bool) async {
    let paged = Mutex(0)
    let printed = Mutex("")
    let pager = Pager(size: { (10, 3) }, isTypedAhead: { isTypedAhead }) { _ in
      paged.withLock { $0 += 1 }
      return true
    }
    let console = Console(
      terminal: TerminalTraits(), redactor: Redactor(),
      OutputStreams(
        output: { text in
          printed.withLock { $0 += text }
          return true
        }, error: { _ in true }))
    let sink = ConsoleSink(console, verbosity: .normal, isInteractive: true, pager: pager)
    await sink.receive(.shown([.output(.text("a\nb\nc\nd"))]), as: Presentation(form: .text, isPaged: true))
    #expect(paged.withLock(\.self) == (isTypedAhead ? 0 : 1))
    #expect(printed.withLock(\.self) == (isTypedAhead ? "a\nb\nc\nd\n" : ""))
  }

  @Test("An interrupt goes to another program while it has the terminal, and cancels the work before and after")
  func handingOver() async {
    let ended = Mutex(0)
    let handed = Mutex(0)
    let interruption = Interruption(clock: { .zero }, endProcess: { ended.withLock { $0 += 1 } })
    let cancelled = await interruption.guarding {
      await interruption.handingOver(to: { handed.withLock { $0 += 1 } }) {
        interruption.interrupt()
        interruption.interrupt()
      }
      let before = Task.isCancelled
      interruption.interrupt()
      return (before, Task.isCancelled)
    }
    #expect(cancelled == (false, true))
    #expect(handed.withLock(\.self) == 2 && ended.withLock(\.self) == 0)
  }

  @Test("While nothing runs, an interrupt ends the process, but not at a prompt, where a termination does")
  func idle() {
    let ended = Mutex(0)
    let batch = Interruption(clock: { .zero }, endProcess: { ended.withLock { $0 += 1 } })
    batch.interrupt()
    #expect(ended.withLock(\.self) == 1)
    let prompt = Interruption(isPrompt: true, clock: { .zero }, endProcess: { ended.withLock { $0 += 1 } })
    prompt.interrupt()
    #expect(ended.withLock(\.self) == 1)
    prompt.interrupt(isTermination: true)
    #expect(ended.withLock(\.self) == 2)
  }
}
