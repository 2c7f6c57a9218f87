import Foundation
import WhSession
import WhShell
import WhSyntax

/// Runs the prompt on the process's terminal.
struct PromptRun {
  private let runtime: Runtime
  private let arguments: SessionArguments
  private let transcript: TranscriptArgument

  init(_ arguments: SessionArguments, _ transcript: TranscriptArgument) {
    self.transcript = transcript
    runtime = Runtime(arguments, mode: .live, isInteractive: true)
    self.arguments = arguments
  }

  func run() async throws {
    let console = runtime.console
    try await transcript.begin(runtime)
    let profiles = ((try? Configuration.load())?.profiles.keys).map(Array.init) ?? []
    let completion = CompletionSource(
      profiles: (profiles + [Configuration.sandbox]).sorted(), listFolder: SystemFiles.list)
    let redactor = console.redactor
    let history = HistoryFile(
      path: Paths.history, isSecret: { !redactor.maskedRanges(Array($0.utf8)).isEmpty })
    let reader = try EditLineReader(
      history: history, colour: console.terminal.hasColourOutput,
      completer: { completion.complete($0, $1) })
    let signals = runtime.listenForSignals()
    defer {
      withExtendedLifetime(signals) {}
      reader.close()
    }
    await greet()
    let loop = PromptLoop(
      session: runtime.session, display: runtime.display, binder: runtime.binder, reader: reader,
      completion: completion, interruption: runtime.interruption)
    let result = await loop.run()
    await TranscriptArgument.end(runtime)
    try ExitStatus.exit(after: result, console)
    try ExitStatus.exit(ifUnrecorded: runtime.recorder)
  }

  /// Says what is connected, and where help is. A connection that fails is told and does not end the prompt.
  private func greet() async {
    runtime.console.print("wh \(Version.text). `help` lists the statements, `quit` leaves; Tab completes.\n")
    do {
      runtime.console.print(Printable.escaped(try await runtime.session.greet()) + "\n")
      if let notice = await runtime.session.unfinishedNotice() { runtime.console.print("note: \(notice)\n") }
    } catch {
      let problem = error.diagnostic
      let mend = problem.label.map { " (\($0))" } ?? ""
      runtime.console.printError(Printable.escaped("not connected: \(problem.message)\(mend)") + "\n")
    }
  }
}
