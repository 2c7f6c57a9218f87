import ArgumentParser
import WhDomain
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// The sessions of one command, one for each profile. They run at the same time, each with its own connection, limit and runs in
/// the journal; a failure of one leaves the others alone. What they print comes one after the other.
struct SessionGroup: Sendable {
  /// At least one.
  let runtimes: [Runtime]
  let interruption: Interruption
  private let profiles: [String]
  private let turns: OutputTurns

  init(
    _ arguments: SessionArguments, _ variables: VariableValues, _ reports: ReportArguments?, mode: Runtime.Mode,
    script: ScriptIdentity
  ) {
    let (interruption, redactor) = (Interruption.ofProcess(), Redactor())
    let turns = OutputTurns(over: .standard)
    self.turns = turns
    self.interruption = interruption
    profiles = arguments.server.profiles
    let isOne = profiles.count < 2
    runtimes = arguments.sessions.enumerated().map { index, arguments in
      Runtime(
        arguments, variables,
        SharedProcess(
          redactor: redactor, streams: turns.streams(of: index), interruption: interruption,
          report: reports?.sink, label: isOne ? nil : arguments.server.profile), mode: mode, isInteractive: false,
        script: script)
    }
  }

  var first: Runtime { runtimes[0] }

  private var isOne: Bool { runtimes.count == 1 }

  /// Sees that all sessions can begin; does not connect.
  ///
  /// - Throws: `ExitCode`; what is wrong was shown then.
  func checkStart() async throws {
    try await first.checkVariables()
    for (index, runtime) in runtimes.enumerated() {
      do {
        try await runtime.checkServer { _ in true }
      } catch {
        turn(to: index)
        throw error
      }
    }
  }

  /// Shows what a session has printed, without waiting for those before it.
  private func turn(to index: Int) {
    for earlier in 0..<index { turns.end(earlier) }
  }

  /// Reads the scripts and runs them in each session.
  ///
  /// - Parameter keep: what is done with each session that did not fail, and the scripts that it read, at its end.
  /// - Returns: the exit code of each session; a single one where a script has errors, and nothing ran.
  func run(
    _ sources: [Source], exitCodeTellsChanges: Bool,
    _ keep: @escaping @Sendable (Runtime, [Source]) async throws -> Void
  ) async -> [ExitCode] {
    var scripts: [ReadScripts] = []
    for (index, runtime) in runtimes.enumerated() {
      if !isOne { await runtime.runner.show(.session(profile: profiles[index])) }
      let read = await runtime.runner.read(sources)
      var failure = read.failure
      if !isOne, let place = read.statements.lazy.compactMap(\.placeForOneSession).first {
        await runtime.runner.show(.diagnostic(.sharedTarget(place)))
        failure = max(failure ?? .script, .script)
      }
      if let failure {
        turn(to: index)
        return [ExitStatus.code(for: failure)]
      }
      scripts.append(read)
    }
    let codes = await withTaskGroup(of: (Int, ExitCode).self) { [scripts] group in
      for (index, runtime) in runtimes.enumerated() {
        group.addTask {
          let code = await ExitStatus.of {
            try await run(scripts[index], runtime, exitCodeTellsChanges: exitCodeTellsChanges, keep)
          }
          turns.end(index)
          return (index, code)
        }
      }
      return await group.reduce(into: [Int: ExitCode]()) { $0[$1.0] = $1.1 }
    }
    let ordered = runtimes.indices.map { codes[$0] ?? .success }
    if !isOne { reportFailures(ordered) }
    guard let problem = turns.outputProblem else { return ordered }
    // What one session printed may have been lost when another one ended.
    let unwritten = ExitStatus.fail(unwritten: problem, first.console)
    return ordered.map { [.success, ExitStatus.changesPlanned].contains($0) ? unwritten : $0 }
  }

  private func run(
    _ scripts: ReadScripts, _ runtime: Runtime, exitCodeTellsChanges: Bool,
    _ keep: (Runtime, [Source]) async throws -> Void
  ) async throws {
    if let notice = await runtime.session.unfinishedNotice() { await runtime.runner.show(.output(.note(notice))) }
    let result = await runtime.runner.runScript(scripts.statements)
    var hasChanges = false
    if result.failure == nil || result.failure == .failed, let summary = await runtime.summary {
      // Where a statement failed before anything was staged, nothing is known to be as asked for.
      if result.failure == nil || !summary.plan.isEmpty { await runtime.runner.show(.summary(summary)) }
      hasChanges = !summary.plan.isEmpty
    }
    await TranscriptArgument.end(runtime)
    await runtime.session.close()
    if let failure = result.failure { throw ExitStatus.code(for: failure) }
    try ExitStatus.exit(ifUnrecorded: runtime.transcript)
    try await keep(runtime, scripts.sources)
    if exitCodeTellsChanges, hasChanges { throw ExitStatus.changesPlanned }
  }

  /// Names the profiles that failed, after all that was printed of them.
  private func reportFailures(_ codes: [ExitCode]) {
    let failed = zip(profiles, codes).filter { ![.success, ExitStatus.changesPlanned].contains($1) }
    guard !failed.isEmpty else { return }
    let names = failed.map { "\(Printable.escaped($0)) (exit code \($1.rawValue))" }.joined(separator: ", ")
    first.console.printError("error: \(failed.count) of \(profiles.count.counting("profile")) failed: \(names)\n")
  }
}

extension Statement {
  /// Where it names what several sessions can't write at the same time; nil if it does not.
  fileprivate var placeForOneSession: Span? {
    if let printing, printing.belongsToOneSession { return printing.span }
    return command.isForOneSession ? span : nil
  }
}

extension OutputTarget {
  /// True for what several sessions can't write at the same time.
  fileprivate var belongsToOneSession: Bool {
    switch place {
    case .screen, .endOfFile: false
    case .newFile, .file, .command: true
    }
  }
}

// MARK: - Wording

extension Diagnostic {
  fileprivate static func sharedTarget(_ span: Span) -> Diagnostic {
    Diagnostic(
      .notAvailable, "with several profiles, each of them would write here", at: span,
      label: "append with `>>`, or run one profile at a time")
  }
}
