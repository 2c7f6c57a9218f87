import Foundation
import WhAPI
import WhDomain
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// Runs the prompt on the process's terminal.
struct PromptRun {
  private let runtime: Runtime
  private let arguments: SessionArguments
  private let reports: ReportArguments
  private let transcript: TranscriptArgument

  init(_ arguments: SessionArguments, _ reports: ReportArguments, _ transcript: TranscriptArgument) async {
    self.transcript = transcript
    self.reports = reports
    runtime = Runtime(
      arguments, await VariableValues(reading: arguments.variables), SharedProcess(report: reports.sink), mode: .live,
      isInteractive: true)
    self.arguments = arguments
  }

  func run() async throws {
    try await reports.check(runtime)
    try await reports.reporting("prompt", [], [], runtime) { try await converse() }
  }

  private func converse() async throws {
    try await runtime.checkPromptStart()
    let console = runtime.console
    try await transcript.begin(runtime)
    let completion = CompletionSource.ofThisProcess(console.redactor)
    let redactor = console.redactor
    let history = HistoryFile(
      path: ThisProcess.paths.history, isSecret: { redactor.mayHoldSecret($0) })
    let reader = try EditLineReader(
      history: history, colour: console.terminal.hasColourOutput, secretGeneration: { redactor.generation },
      decorator: { completion.decoration($0, $1) }, completer: { completion.complete($0, $1) })
    runtime.typedAhead.watch(reader)
    await runtime.session.serve(by: SystemPromptHost(reader: reader, interruption: runtime.interruption))
    let signals = runtime.listenForSignals()
    defer {
      withExtendedLifetime(signals) {}
      reader.close()
    }
    await runtime.interruption.guarding { await greet() }
    let loop = PromptLoop(
      runtime.runner, console: console, reader: reader, completion: completion, interruption: runtime.interruption,
      now: { Runtime.effects.time.monotonic().inSeconds }, start: startScript(),
      answersYes: arguments.yes)
    let result = await loop.run()
    await TranscriptArgument.end(runtime)
    try ExitStatus.exit(after: result, console)
    try ExitStatus.exit(ifUnrecorded: runtime.transcript)
  }

  /// The user's start-up script; nil where there is none, or it can't be read, which is told.
  private func startScript() -> Source? {
    let path = ThisProcess.paths.initScript
    guard FileInformation(path) != nil else { return nil }
    do throws(FileProblem) {
      return Source(name: path, bytes: try FileReader.readTrusted(path), folder: FilePath.folder(of: path))
    } catch {
      runtime.console.printError(
        "error[unreadable-file]: `\(Printable.escaped(path))` can't be read: \(error.reason)\n")
      return nil
    }
  }

  /// Says what is connected, and where help is. A connection that fails is told and does not end the prompt.
  private func greet() async {
    runtime.console.print("wh \(Version.text). Type `help` for help, `quit` to exit. Tab completes.\n")
    do {
      runtime.console.print(Printable.escaped(try await runtime.session.greet()) + "\n")
      if let notice = await runtime.session.unfinishedNotice() { runtime.console.print("note: \(notice)\n") }
    } catch {
      let problem = error.diagnostic
      let hint = problem.label.map { " (\($0))" } ?? ""
      runtime.console.printError(Printable.escaped("not connected: \(problem.message)\(hint)") + "\n")
      // At the first try there is no key yet.
      if problem.code == .noKey {
        runtime.console.print(
          "`wh --sandbox` needs no key: it is a local sandbox with demo apps to try everything on.\n")
      }
    }
  }
}
