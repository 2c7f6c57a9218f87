import Synchronization
import Testing
import WhAPI
import WhSession
import WhShell
import WhSyntax
import WhTestSupport

/// T1: what a prompt says of lines that do not run.
@Suite("Lines that do not run")
struct UnrunTests {
  /// What is said on standard error after some lines, with others typed ahead.
  private func said(_ lines: [String], typedAhead: String) async -> [String] {
    let (world, redactor) = (FakeWorld(), Redactor())
    let errors = Mutex("")
    let console = Console(
      terminal: TerminalTraits(), redactor: redactor,
      OutputStreams(
        output: { _ in true },
        error: { text in
          errors.withLock { $0 += text }
          return true
        }))
    let session = Interpreter(
      Surroundings(
        effects: world.effects, redactor: redactor,
        connector: { _ throws(ConnectionProblem) in throw ConnectionProblem(.failed, .noKey, "no key") }))
    let runner = Runner(
      session, binder: Binder(readFile: world.effects.readFile, redactor: redactor),
      sinks: EventSinks([ConsoleSink(console, verbosity: .normal, isInteractive: true)]))
    let loop = PromptLoop(
      runner, console: console, reader: ScriptedLineReader(lines: lines, pending: typedAhead),
      completion: CompletionSource(profiles: [], listFolder: { _ in [] }),
      interruption: Interruption(clock: { .zero }, endProcess: {}), now: { 0 })
    _ = await loop.run()
    return errors.withLock(\.self).split(separator: "\n").map(String.init).filter { $0.hasPrefix("note: n") }
  }

  @Test(
    "T1: they are named, the first three of them",
    arguments: [
      (["ad x"], "", []), (["ad x"], "\r\r", []), (["echo x"], "echo y\r", []),
      (["ad x"], "echo a\r", ["note: not run: `echo a`"]),
      (["ad x"], "echo a; echo b # c\r# d\r", ["note: not run: `echo a`, `echo b`"]),
      (["ad x"], "a\rb\rc\rd\re", ["note: not run: `a`, `b`, `c` and 2 more"]),
      (["webhook *; echo a"], "echo b\r", ["note: not run: `echo a`, `echo b`"]),
      (["webhook *\necho a\necho b"], "", ["note: not run: `echo a`, `echo b`"]),
      (["echo a\nad x\necho b"], "", ["note: none of the 3 lines was run"]),
      (["on error continue", "ad x"], "echo a\r", []),
      // Keys that are no text, and control characters.
      (["ad x"], "ec\u{1B}[A\u{1B}[1;5D\u{1B}OPho\u{1}\u{7F} a\u{1B}b\t1\r", ["note: not run: `echo a 1`"]),
      (["ad x"], "\u{1B}[200~echo a\u{1B}[201~", ["note: not run: `echo a`"]),
      // What may be a secret.
      (["ad x"], "set header X-Token abcdefgh\r", ["note: not run: `set …`"]),
      (["ad x"], "set url https://bob:hunter2@example.com\r", ["note: not run: `set …`"]),
      (["ad x"], "let token = abcdefgh12\recho abcdefgh12", ["note: not run: `let …`, `echo …`"]),
    ] as [([String], String, [String])])
  func named(lines: [String], typedAhead: String, notes: [String]) async {
    #expect(await said(lines, typedAhead: typedAhead) == notes)
  }

  @Test("T1: a long one is cut")
  func long() async {
    let notes = await said(["ad x"], typedAhead: "echo \(String(repeating: "x", count: 200))\r")
    #expect(notes.count == 1 && notes[0].count < 100 && notes[0].contains("…"))
  }
}
