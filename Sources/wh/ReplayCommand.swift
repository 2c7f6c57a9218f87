import ArgumentParser
import WhDomain
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// `wh replay TRANSCRIPT`
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Run a transcript again and compare its output.",
    discussion: """
      A transcript is written by `record "FILE"` and by `--transcript FILE`. Times, run numbers, ports, durations and \
      places of errors count as equal; a line `#~ PATTERN` in the transcript stands for one line or more that fit. Secrets \
      that were withheld are made up when the server is on this machine; elsewhere their statements do nothing.
      """)

  @Argument(help: ArgumentHelp("The transcript.", valueName: "transcript"))
  var file: String

  @Flag(help: "Compare the output with the recording; exit with 1 if it differs.")
  var check = false

  @Flag(help: "Print the differences and update the transcript.")
  var update = false

  @OptionGroup var variables: VariableOptions
  @OptionGroup var connection: ConnectionOptions<OneProfile>
  @OptionGroup var requests: RequestOptions
  @OptionGroup var share: ShardOption
  @OptionGroup var screen: ScreenOptions
  @OptionGroup var permission: PermissionOptions
  @OptionGroup var lock: LockOption

  private var options: SessionArguments {
    SessionArguments(variables, connection, requests, share, screen, permission, lock)
  }

  func run() async throws {
    let console = Console.standard(options.color, Redactor())
    let (sources, problems) = Script.read([Script(name: file)])
    guard let source = sources.first else {
      throw ExitStatus.fail(
        problems.map(\.message).joined(), ExitStatus.unreadableFile, .unreadableFile, options.output)
    }
    guard Transcript.begins(source.bytes) else {
      let isCast = file.lowercased().hasSuffix(".cast")
      throw ExitStatus.fail(
        "`\(file)` is not a wh transcript" + (isCast ? ": play recordings with `asciinema play`" : ""),
        ExitStatus.scriptErrors, .unreadableFile, options.output)
    }
    let variables = await VariableValues(reading: options.variables)
    // What is run to be compared shows nothing.
    try await Runtime(options, variables, mode: .plan, isInteractive: false).checkStart()
    let transcript = Transcript(name: file, bytes: source.bytes)
    let steps = try await steps(of: transcript, source, variables)
    let unexpected = steps.filter { !$0.entry.isFailed }.compactMap(\.failure).max()
    guard check || update else {
      if let unexpected { throw ExitStatus.code(for: unexpected) }
      return try ExitStatus.exit(ifUnwritten: console)
    }
    let report = ReplayReport(transcript, steps)
    console.print(
      options.output == .json ? report.json : report.text(console.terminal), isMasked: options.output == .json)
    try ExitStatus.exit(ifUnwritten: console)
    if let unexpected, unexpected > .unreadableFile { throw ExitStatus.code(for: unexpected) }
    if update, !report.isEqual { return try write(report.updatedText) }
    guard report.isEqual else { throw ExitStatus.somethingFailed }
  }

  private func steps(
    of transcript: Transcript, _ source: Source, _ variables: VariableValues
  ) async throws -> [Replay.Step] {
    var options = options
    // What is compared has the form that it was recorded in; the form of the result is another matter.
    if check || update { options.output = .text }
    var steps: [Replay.Step] = []
    let isShown = !check && !update
    // Programs read the lines, and know the statements.
    let showsStatements = isShown && options.output == .text && options.verbosity != .quiet
    for part in transcript.parts {
      let isPrompt = part.mode == .prompt
      let process = SharedProcess(streams: isShown ? .standard : .none)
      let capture = CaptureSink(transcript.name, redactor: process.redactor)
      let runtime = Runtime(
        options, variables, process, mode: part.mode == .plan ? .plan : .live, isInteractive: isPrompt,
        script: isPrompt ? nil : ScriptIdentity([source]), capture: capture)
      let replay = Replay(
        transcript, folder: source.folder ?? "", fillsSecrets: runtime.isLocal, showsStatements: showsStatements)
      if replay.lacksSecrets, !runtime.isLocal {
        Console.standard(options.color, Redactor()).printError(
          "note: secrets were withheld from the transcript, and the server is not on this machine: their statements do "
            + "nothing\n")
      }
      let signals = runtime.listenForSignals()
      defer { withExtendedLifetime(signals) {} }
      steps += await runtime.interruption.guarding {
        await replay.run(
          part, by: runtime.runner, on: runtime.console, capture: capture,
          summary: { await runtime.summary })
      }
      await runtime.session.close()
      try ExitStatus.exit(ifUnwritten: runtime.console)
    }
    return steps
  }

  private func write(_ text: String) throws {
    do {
      try FileWriter.rewrite(file, text)
    } catch {
      throw ExitStatus.fail(
        "`\(file)` can't be written: \(error.reason)", ExitStatus.unreadableFile, .unwritableFile, options.output)
    }
  }
}
