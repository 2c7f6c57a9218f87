import WhDomain
import WhMigrations
import WhSession
import WhSyntax

/// How a run of statements ended.
package struct RunnerResult: Sendable {
  /// The worst that happened; nil when all is well.
  package private(set) var failure: Failure.Kind?
  /// The statement after which nothing more runs, because it failed or the user stopped the run.
  package fileprivate(set) var stoppedAt: Statement?
  /// The statement that asked to leave, if one did.
  package fileprivate(set) var quitAt: Statement?

  package var isQuitting: Bool { quitAt != nil }

  package init(failure: Failure.Kind? = nil) {
    self.failure = failure
  }

  fileprivate mutating func note(_ kind: Failure.Kind) {
    failure = max(failure ?? kind, kind)
  }
}

/// Scripts that were read to run one after the other in one session.
package struct ReadScripts: Sendable {
  /// Those of all scripts.
  package fileprivate(set) var statements: [Statement] = []
  /// What was read: each script, and after it those that it includes.
  package fileprivate(set) var sources: [Source] = []
  /// The worst that is wrong with them; nil when nothing is.
  package fileprivate(set) var failure: Failure.Kind?
}

/// Runs statements, and sends what happens to the sinks. Scripts, the prompt with its start-up script, replays and
/// migrations all run by it.
package struct Runner: Sendable {
  /// What became of one statement.
  struct Step {
    var failure: Failure?
    var isQuitting = false
  }

  package let session: Interpreter
  package let binder: Binder
  let sinks: EventSinks
  /// Nil where statements write no file and run no command, as in a plan.
  let redirection: Redirection?
  /// Renders what goes to files and commands.
  let plain: PlainRenderers
  /// Waits before a repetition of a statement; false where there is to be none. Nil in a script, which repeats nothing.
  private var repeats: (@Sendable (Duration) async -> Bool)?

  package init(
    _ session: Interpreter, binder: Binder, sinks: EventSinks, redirection: Redirection? = nil,
    verbosity: Verbosity = .normal
  ) {
    self.session = session
    self.binder = binder
    self.sinks = sinks
    self.redirection = redirection
    plain = PlainRenderers(session.redactor, verbosity: verbosity, isInteractive: false)
  }

  /// The same runner for a prompt, at which statements may be repeated.
  ///
  /// - Parameter repeats: waits before a repetition; false where there is to be none.
  func repeating(when repeats: @escaping @Sendable (Duration) async -> Bool) -> Runner {
    var runner = self
    runner.repeats = repeats
    return runner
  }

  // MARK: Scripts

  /// Reads all sources, then runs them. With an error in any of them nothing runs.
  package func run(_ sources: [Source]) async -> RunnerResult {
    let scripts = await read(sources)
    return scripts.failure == nil ? await runScript(scripts.statements) : RunnerResult(failure: scripts.failure)
  }

  /// Reads sources, each in the scope that the one before leaves.
  package func read(_ sources: [Source]) async -> ReadScripts {
    await read(sources, with: binder.bind)
  }

  /// Reads sources for what is wrong with them, and keeps no statement.
  ///
  /// - Returns: the worst that is wrong; nil when nothing is.
  package func check(_ sources: [Source]) async -> Failure.Kind? { await read(sources, with: binder.check).failure }

  private func read(
    _ sources: [Source], with bind: (Source, Scope) -> Script
  ) async -> ReadScripts {
    var scope = await session.currentScope()
    scope.isScript = true
    var scripts = ReadScripts()
    var result = RunnerResult()
    for source in sources {
      let script = bind(source, scope)
      await emit(.read(script, typed: nil))
      if script.hasErrors { result.note(script.isUnreadable ? .unreadableFile : .script) }
      scope = script.scope
      scripts.statements += script.statements
      scripts.sources += [source] + script.inclusions.sources
    }
    if result.failure == nil { await noteUnused(scope) }
    scripts.failure = result.failure
    return scripts
  }

  /// A variable of the command line that no statement uses may be misspelled.
  private func noteUnused(_ scope: Scope) async {
    for name in scope.unused { await show(.output(.unusedVariable(name))) }
  }

  /// Runs all statements of a script. Edits that it leaves staged are a failure.
  package func runScript(_ statements: [Statement]) async -> RunnerResult {
    var result = await run(statements)
    // Where a statement stopped the run, that says enough.
    guard result.stoppedAt == nil, let last = result.quitAt ?? statements.last else { return result }
    let uncommitted = await session.uncommitted()
    if uncommitted.changes > 0 {
      await emit(.leftUncommitted(.uncommitted(uncommitted.changes, uncommitted.origins, last.span)))
      result.note(.failed)
    }
    return result
  }

  /// Runs statements one after the other, up to one that stops the session or asks to leave.
  package func run(_ statements: [Statement]) async -> RunnerResult {
    var result = RunnerResult()
    await session.foresee(statements)
    for statement in statements {
      guard !Task.isCancelled else {
        await show(.diagnostic(session.interruption(at: statement.span)))
        result.note(.stopped)
        result.stoppedAt = statement
        break
      }
      let step = await run(statement)
      if let failure = step.failure {
        result.note(failure.kind)
        if await session.stops(after: failure) || Task.isCancelled {
          result.stoppedAt = statement
          break
        }
      }
      if step.isQuitting {
        result.quitAt = statement
        break
      }
    }
    return result
  }

  // MARK: Statements

  private func run(_ statement: Statement) async -> Step {
    await emit(.began(statement))
    let step: Step
    if let pause = statement.command.repetition {
      step = await run(statement, every: pause)
    } else if let target = statement.printing, !target.isOnScreen {
      step = await run(statement, into: target)
    } else {
      step = await reply(as: statement.printing?.form) { () async throws(Failure) in
        try await session.execute(statement)
      }
    }
    await emit(.ended(step.failure))
    return step
  }

  /// Runs a statement again and again, each time on what the service holds then.
  private func run(_ statement: Statement, every pause: Duration) async -> Step {
    guard let repeats else {
      let diagnostic = Diagnostic.onlyAtPrompt(statement.span)
      await show(.diagnostic(diagnostic))
      return Step(failure: Failure(.failed, diagnostic))
    }
    var step = await reply(isPaged: false) { () async throws(Failure) in try await session.execute(statement) }
    // A failed expectation is what may be waited for.
    while step.failure.map({ $0.diagnostic.code == .expectationFailed }) ?? true, await repeats(pause) {
      step = await reply(isPaged: false) { () async throws(Failure) in
        try await session.reread()
        return try await session.execute(statement)
      }
    }
    return Task.isCancelled ? Step() : step
  }

  /// Does work that replies as a statement does, and shows the reply.
  ///
  /// - Returns: why it failed; nil when all is well.
  package func perform(_ work: @Sendable () async throws(Failure) -> Reply) async -> Failure.Kind? {
    await reply(work).failure?.kind
  }

  /// - Parameter form: the form of what is shown, where it is not the session's.
  private func reply(
    as form: SessionOptions.OutputForm? = nil, isPaged: Bool = true,
    _ work: @Sendable () async throws(Failure) -> Reply
  ) async -> Step {
    var step = Step()
    do {
      let reply = try await work()
      let shown = reply.warnings.map { Shown.diagnostic($0) } + reply.outputs.map { Shown.output($0) }
      if !shown.isEmpty { await emit(.shown(shown), as: form, isPaged: isPaged) }
      step.isQuitting = reply.outputs.contains { if case .quit = $0 { true } else { false } }
      step.failure = reply.failure
    } catch {
      step.failure = error
    }
    if let failure = step.failure { await emit(.shown([.diagnostic(failure.diagnostic)]), as: form) }
    return step
  }

  // MARK: Events

  /// Shows something that is not the reply of a statement.
  package func show(_ shown: Shown...) async { await emit(.shown(shown)) }

  /// - Parameters:
  ///   - form: the form of what is shown, where it is not the session's.
  ///   - isPaged: false where no pager may keep what runs from going on.
  func emit(_ event: SessionEvent, as form: SessionOptions.OutputForm? = nil, isPaged: Bool = true) async {
    let options = await session.currentOptions()
    let presentation = Presentation(
      form: form ?? options.output, isPaged: isPaged && options.isPaged, isVerbose: options.isVerbose)
    await sinks.emit(event, as: presentation)
  }
}

extension Runner: MigrationRunner {
  package func run(script: [Statement]) async -> Failure.Kind? { await runScript(script).failure }

  package func report(_ event: MigrationEvent) async { await show(Shown(event)) }
}

// MARK: - Wording

extension Output {
  package static func unusedVariable(_ name: String) -> Output {
    .note("variable `\(name)` of the command line is not used")
  }
}

extension Diagnostic {
  fileprivate static func uncommitted(_ count: Int, _ origins: [Origin], _ span: Span) -> Diagnostic {
    let verb = count.counting("webhook has", "webhooks have")
    return Diagnostic(
      .uncommittedEdits, "the script ended, but \(verb) uncommitted edits", at: span,
      label: "add `commit` or `rollback`",
      notes: origins.map { "staged by \($0.source):\($0.line):\($0.column): \($0.statement)" })
  }
}
