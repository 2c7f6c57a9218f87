import ArgumentParser
import Foundation
import WhAPI
import WhDomain
import WhJournal
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// Puts a session together with the world: time, files, the environment and the terminal.
struct Runtime {
  /// Whether commits are sent, or only noted to be shown as a plan.
  enum Mode: Sendable {
    case live, plan
  }

  let console: Console
  let session: Interpreter
  let runner: Runner
  let interruption: Interruption
  let transcript: TranscriptSink
  /// What was typed while a statement ran; to be told of the prompt's reader.
  let typedAhead: TypedAhead
  /// What would be sent, where nothing is.
  let dryRuns: DryRuns?
  private let arguments: SessionArguments
  private let variables: VariableValues
  private let connections: Connections
  /// The form of results that the command line asks for.
  let output: OutputOption.Form
  /// True where the server that the session begins with is on this machine alone.
  var isLocal: Bool { connections.isLocal }
  /// The profile that the command line names.
  var profile: String? { arguments.server.profile }
  /// What statements are read with at the start.
  var scope: Scope { variables.scope(ownEvents: arguments.ownEvents) }
  /// What would be sent; nil where it is sent.
  var summary: PlanSummary? {
    get async {
      guard let dryRuns else { return nil }
      return await PlanSummary(of: dryRuns, in: session)
    }
  }

  /// What a report is made of; nil where none is asked for.
  let report: ReportSink?

  /// - Parameters:
  ///   - variables: the values of the variables that the arguments set.
  ///   - script: what the journal is to say that a commit comes from; nil at the prompt.
  ///   - capture: keeps what a replay prints; nil for a session that is not a replay.
  ///   - finishCommand: what finishes a run that was stopped, without options.
  init(
    _ arguments: SessionArguments, _ variables: VariableValues = .none, _ process: SharedProcess = SharedProcess(),
    mode: Mode, isInteractive: Bool, script: ScriptIdentity? = nil, capture: CaptureSink? = nil,
    finishCommand: String = "wh resume"
  ) {
    let redactor = process.redactor
    variables.hide(by: redactor)
    Self.hideSecrets(of: ThisProcess.environment, redactor)
    let journals = Journals(arguments)
    for secret in journals.secrets { redactor.learn(secret) }
    let console = Console.standard(arguments.color, redactor, process.streams)
    let log: (@Sendable (RequestLogEntry) -> Void)? =
      arguments.verbosity == .verbose ? { @Sendable entry in console.printError(entry.line) } : nil
    let progress = process.progress(arguments.progress, console)
    let connections = Connections(
      arguments, redactor: redactor, log: log, onWait: { progress.receive($0) },
      tell: process.hear ?? { remark in
        switch remark {
        case .note(let text):
          if arguments.verbosity != .quiet { console.printError("note: \(Printable.escaped(text))\n") }
        case .warning(let text): console.printError("warning: \(Printable.escaped(text))\n")
        }
      })
    let transcript = TranscriptSink(
      TranscriptSink.World(
        open: { path throws(FileProblem) in try SystemRecordedFile(ThisProcess.paths.expand(path)) },
        wallClock: { Self.effects.time.now().inSeconds }, now: { Self.effects.time.monotonic().inSeconds },
        size: { ThisProcess.terminal.size }, host: { connections.host },
        onProblem: { console.printError("error[unwritable-file]: \(Printable.escaped($0))\n") }),
      console: console, verbosity: arguments.verbosity,
      mode: isInteractive ? .prompt : mode == .plan ? .plan : .batch)
    let hasTerminal = isInteractive && capture == nil
    let writes = connections.writes
    let interruption =
      process.interruption
      ?? Interruption.ofProcess(
        isPrompt: hasTerminal,
        requests: Interruption.Requests(
          count: { writes.count }, giveUp: { writes.giveUp() }, announce: { progress.say(Self.stopping($0)) }))
    var effects = Self.effects
    effects.interruptionCause = { interruption.cause }
    let typedAhead = TypedAhead()
    let pager = hasTerminal && mode == .live ? Pager.system(interruption, typedAhead) : nil
    // Progress leaves the line before anything else is printed on it.
    let screen = ConsoleSink(console, verbosity: arguments.verbosity, isInteractive: isInteractive, pager: pager)
    var listeners: [any EventSink] = [progress, screen, capture ?? transcript]
    if let report = process.report { listeners.append(report) }
    let sinks = EventSinks(listeners)
    let dryRuns = mode == .plan ? DryRuns() : nil
    let scope = variables.scope(ownEvents: arguments.ownEvents)
    let session = Interpreter(
      Surroundings(
        effects: effects, redactor: redactor,
        connector: { profile throws(ConnectionProblem) in
          let connection = try await connections.connect(profile)
          return dryRuns?.connection(connection) ?? connection
        }, place: { connections.place },
        context: Self.context(
          script, arguments, connections, journals, isReadOnly: mode == .plan, finishedBy: finishCommand),
        isTalkative: isInteractive,
        shard: arguments.shard, report: { sinks.emit($0) }, transcript: capture ?? transcript),
      options: arguments.sessionOptions, scope: scope,
      answer: { question in
        switch question {
        case .deletions, .protected: mode == .plan || arguments.yes
        case .unfinished: false
        }
      })
    report = process.report
    self.arguments = arguments
    self.variables = variables
    self.connections = connections
    self.dryRuns = dryRuns
    output = arguments.output
    self.transcript = transcript
    self.typedAhead = typedAhead
    self.console = console
    self.session = session
    self.interruption = interruption
    runner = Runner(
      session, binder: Binder(readFile: Self.effects.readFile, redactor: redactor), sinks: sinks,
      redirection: mode == .plan ? nil : Redirection.system(isInteractive: hasTerminal, interruption),
      verbosity: arguments.verbosity)
  }

  /// What is said at a prompt after the first interrupt.
  private static func stopping(_ count: Int) -> String {
    "stopping: waiting for \(count.counting("request")), Ctrl-C again gives \(count.noun("it", "them")) up"
  }

  /// The key, and the passwords of a server's url and of proxies, which errors may quote.
  private static func hideSecrets(of environment: Environment, _ redactor: Redactor) {
    if let key = environment["WH_API_KEY"] { redactor.learn(key: key) }
    for name in ["WH_BASE_URL", "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
      for secret in ServerURL.secrets(in: environment[name] ?? "") { redactor.learn(secret) }
    }
  }

  static let effects = Effects(
    time: .live,
    readFile: { path throws(FileProblem) in try FileReader.read(ThisProcess.paths.expand(path)) })

  private static func context(
    _ script: ScriptIdentity?, _ arguments: SessionArguments, _ connections: Connections, _ journals: Journals,
    isReadOnly: Bool, finishedBy command: String
  ) -> RunContext {
    RunContext(
      openJournal: { profile throws(JournalError) in try await journals.location(ofProfile: profile).open() },
      findJournal: { profile throws(JournalError) in try await journals.location(ofProfile: profile).find() },
      user: NSUserName(), version: Version.text, processID: getpid(), machine: ThisProcess.machine,
      shard: arguments.shard, lockTimeout: .seconds(arguments.journal.lockTimeout?.seconds ?? 0),
      script: script?.name, scriptSHA256: script?.sha256, ignoresUnfinished: arguments.journal.ignoresUnfinished,
      isReadOnly: isReadOnly,
      resumeCommand: { run, profile, host in
        (run.map { "wh resume \($0)" } ?? command) + connections.options(for: profile, host) + journals.options
      })
  }

  // MARK: The start

  /// Sees that a session can begin: the variables have values, and the server is known. It does not connect.
  ///
  /// - Throws: `ExitCode`; what is wrong was shown then.
  func checkStart() async throws {
    try await checkVariables()
    try await checkServer { _ in true }
  }

  /// The same for a prompt, which needs no server to begin with.
  func checkPromptStart() async throws {
    try await checkVariables()
    try await checkServer { $0 == ExitStatus.wrongUsage }
  }

  /// The same for what never connects.
  func checkOfflineStart() async throws {
    try await checkVariables()
    do {
      _ = try connections.configuration()
    } catch {
      throw await end(after: error, ExitStatus.code(for: error.kind))
    }
  }

  /// Sees that the variables have values.
  ///
  /// - Throws: `ExitCode`; what is wrong was shown then.
  func checkVariables() async throws {
    for warning in variables.warnings { console.printError("warning: \(Printable.escaped(warning))\n") }
    for problem in variables.problems { await runner.show(.diagnostic(problem.diagnostic)) }
    if let status = variables.problems.map(\.exit.rawValue).max() { throw ExitCode(status) }
  }

  /// Sees that the server is known.
  ///
  /// - Parameter matters: whether an exit code is to end the session.
  /// - Throws: `ExitCode`; what is wrong was shown then.
  func checkServer(_ matters: (ExitCode) -> Bool) async throws {
    do {
      try connections.check()
    } catch {
      let isMisnamed = error.code == .unknownProfile && arguments.server.profile != nil
      let status = isMisnamed ? ExitStatus.wrongUsage : ExitStatus.code(for: error.kind)
      if matters(status) { throw await end(after: error, status) }
    }
  }

  private func end(after problem: ConnectionProblem, _ status: ExitCode) async -> ExitCode {
    await runner.show(
      .diagnostic(Diagnostic(problem.code, problem.message, at: .whole(of: "wh"), label: problem.label)))
    return status
  }

  /// Shows what is wrong outside of any statement, which reports and JSON take in too.
  ///
  /// - Parameter file: what is to be named as its place.
  func fail(
    _ code: DiagnosticCode, _ message: String, in file: String = "wh", _ status: ExitCode = ExitStatus.somethingFailed
  ) async -> ExitCode {
    await runner.show(.diagnostic(Diagnostic(code, message, at: .whole(of: file))))
    return status
  }

  /// Shows what is wrong with the journal.
  func fail(_ error: JournalError) async -> ExitCode {
    let failure = Failure(error, at: .whole(of: "wh"))
    return await fail(failure.diagnostic.code, "\(error); \(error.advice)", ExitStatus.code(for: failure.kind))
  }

  /// What finishes a run, of whatever profile.
  func finishCommand(ofRun number: Int, _ metadata: RunMetadata) -> String {
    "wh resume \(number)" + connections.options(for: metadata.profile, metadata.host) + Journals(arguments).options
  }

  /// Hands SIGINT, SIGTERM and SIGHUP to the interruption.
  func listenForSignals() -> SignalListener { interruption.listenForSignals() }
}

extension RequestLogEntry {
  /// One line for people who watch.
  fileprivate var line: String {
    let milliseconds = Int(duration.inSeconds * 1000)
    let result =
      switch outcome {
      case .success(let status): String(status)
      case .failure(let error): Printable.escaped(error.description)
      }
    let again = attempt > 1 ? ", try \(attempt)" : ""
    return "\(method.rawValue) \(path) → \(result) (\(milliseconds) ms\(again))\n"
  }
}
