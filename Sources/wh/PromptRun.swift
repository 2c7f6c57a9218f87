import Foundation
import WhAPI
import WhDomain
import WhJournal
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
    let signals = runtime.listenForSignals()
    defer {
      withExtendedLifetime(signals) {}
      reader.close()
    }
    await runtime.interruption.guarding { await greet() }
    let loop = PromptLoop(
      runtime.runner, console: console, reader: reader, completion: completion, interruption: runtime.interruption,
      now: { Runtime.effects.time.monotonic().inSeconds }, start: startScript(),
      answersYes: arguments.yes, host: SystemPromptHost(reader: reader, interruption: runtime.interruption))
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
    var greeting = Greeting(version: Version.text)
    runtime.console.print(greeting.first + "\n")
    let session = runtime.session
    do {
      let server = try await session.greet()
      let profile = await session.connection?.profile
      greeting.connected(
        server, isProtected: await session.connection?.isProtected ?? false,
        journal: (try? Journals(arguments).location(ofProfile: profile))?.sharedName,
        unfinished: await session.unfinishedNotice())
    } catch {
      greeting.failed(error.diagnostic, unfinished: await session.unfinishedNotice())
    }
    for line in greeting.results { runtime.console.print(line + "\n") }
    for line in greeting.problems { runtime.console.printError(line + "\n") }
  }
}
