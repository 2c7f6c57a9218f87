import WhAPI
import WhDomain
import WhJournal
import WhSyntax

/// How a session meets the world.
package struct Surroundings: Sendable {
  package let effects: Effects
  package let redactor: Redactor
  let connector: Connector
  /// The profile and the server of the session's start, as they are known without connecting; nil where they are not.
  let place: @Sendable () -> (profile: String, host: String)?
  /// Where commits are journaled; nil for a session that keeps no journal.
  let context: RunContext?
  /// True when selecting reads at once, to say what was selected.
  let isTalkative: Bool
  /// This machine's share of the apps; nil for all of them.
  let shard: Shard?
  let report: @Sendable (ProgressEvent) -> Void
  /// What `record` starts and stops; nil for a session that can't be recorded.
  let transcript: (any SessionTranscript)?

  package init(
    effects: Effects, redactor: Redactor, connector: @escaping Connector,
    place: @escaping @Sendable () -> (profile: String, host: String)? = { nil }, context: RunContext? = nil,
    isTalkative: Bool = false, shard: Shard? = nil, report: @escaping @Sendable (ProgressEvent) -> Void = { _ in },
    transcript: (any SessionTranscript)? = nil
  ) {
    self.effects = effects
    self.redactor = redactor
    self.connector = connector
    self.place = place
    self.context = context
    self.isTalkative = isTalkative
    self.shard = shard
    self.report = report
    self.transcript = transcript
  }
}

/// Turns a statement into a reply: gives each statement what its kind allows it to work on, one at a time.
@SessionActor package final class Interpreter {
  private let surroundings: Surroundings
  private let state: ScriptState
  private let bench: Bench
  private let book: RunBook
  /// Those that the session began with.
  private let options: SessionOptions
  /// Answers what is asked before something that can't be taken back.
  private var answer: @Sendable (Question) async -> Bool
  /// What the prompt does for its statements; nil in a script.
  private var prompt: (any PromptHost)?

  package nonisolated let redactor: Redactor

  package nonisolated init(
    _ surroundings: Surroundings, options: SessionOptions = SessionOptions(), scope: Scope = Scope(),
    answer: @escaping @Sendable (Question) async -> Bool = { _ in false }
  ) {
    self.surroundings = surroundings
    self.answer = answer
    redactor = surroundings.redactor
    self.options = options
    state = ScriptState(scope: scope, options: options)
    let effects = surroundings.effects
    bench = Bench(
      connector: surroundings.connector, clock: effects.time.monotonic, report: surroundings.report,
      redactor: surroundings.redactor)
    book = RunBook(surroundings.context, time: effects.time, report: surroundings.report)
  }

  // MARK: Statements

  /// Runs one statement.
  ///
  /// - Throws: `Failure` when the statement could not do what it says. Nothing of it is staged then, and a selection that
  ///   failed leaves nothing selected.
  package func execute(_ statement: Statement) async throws(Failure) -> Reply {
    do {
      return try await run(statement)
    } catch {
      throw explained(error)
    }
  }

  /// Takes notice of statements that are about to run, so that what they read is read together.
  package func foresee(_ statements: [Statement]) {
    state.foresight = Foresight(statements, selected: bench.draft.apps ?? [.own])
  }

  private func run(_ statement: Statement) async throws(Failure) -> Reply {
    let look = look(at: statement.span, statement.origin)
    switch statement.command.work {
    case .looks(let run), .prints(let run): return try await run(look)
    case .chooses(let run):
      if case .forgets = statement.command.foreseen { state.foresight = Foresight() }
      return try await run(chooseContext(look))
    case .edits(let edit): return try await EditContext(look: look).stage(edit)
    case .stages(let run): return try await run(StageContext(look: look, shard: surroundings.shard))
    case .commits(let run): return try await run(commitContext(look))
    case .local(let run):
      return try await run(
        LocalContext(
          state: state, transcript: surroundings.transcript, prompt: prompt, view: bench.view,
          recordedHost: recordedHost,
          setting: setting(), span: statement.span))
    case .ends: return [.quit]
    }
  }

  /// Forgets what was read, the list of apps too, but for what is selected and staged, which is read again.
  ///
  /// - Throws: `Failure` when that can't be read.
  package func reread() async throws(Failure) {
    let context = chooseContext(look(at: .nowhere, .nowhere))
    _ = try await context.refresh()
    try await context.forgetApps()
  }

  /// Finishes a run that was stopped part-way; without a number, all unfinished runs, oldest first.
  package func resume(_ number: Int?) async throws(Failure) -> Reply {
    do {
      return try await commitContext(look(at: .nowhere, .nowhere)).resume(number, at: place)
    } catch {
      throw explained(error)
    }
  }

  /// Does exactly what a plan says that was kept in a file.
  ///
  /// - Parameters:
  ///   - name: the file's, for the journal.
  ///   - variables: those of the command line, among which are the plan's secrets.
  package func apply(_ file: PlanFile, named name: String, variables: [String: String]) async throws(Failure) -> Reply {
    book.startOver(
      script: name, sha256: file.source.scripts.map(\.sha256).joined(separator: " "), note: file.runNote)
    do {
      return try await commitContext(look(at: .nowhere, .nowhere)).apply(file, variables: variables)
    } catch {
      throw explained(error)
    }
  }

  /// What is said where an interrupt comes between two requests of reading, or between two statements.
  package func interruption(at span: Span) -> Diagnostic {
    Diagnostic(
      .interrupted, surroundings.effects.interruptionCause(), at: span,
      label: book.runNumber == nil ? "nothing was sent" : "the statements from here on did not run")
  }

  private func explained(_ failure: Failure) -> Failure {
    let diagnostic = failure.diagnostic
    guard diagnostic.code == .interrupted, diagnostic.label == nil else { return failure }
    return Failure(failure.kind, interruption(at: diagnostic.span))
  }

  private func look(at span: Span, _ origin: Origin) -> LookContext {
    LookContext(bench: bench, book: book, options: state.options, span: span, origin: origin)
  }

  private func chooseContext(_ look: LookContext) -> ChooseContext {
    ChooseContext(
      look: look, isTalkative: surroundings.isTalkative, shard: surroundings.shard, foresight: state.foresight)
  }

  private func commitContext(_ look: LookContext) -> CommitContext {
    CommitContext(look: look, ask: answer, effects: surroundings.effects, report: surroundings.report)
  }

  // MARK: Scripts

  /// Starts another script, as if the session began with it: nothing is selected or staged, the options are those of the
  /// start, and its commits are a run of their own. What was read is kept.
  ///
  /// - Parameters:
  ///   - note: what else the journal is to keep with that run.
  ///   - apps: those that it does not select.
  package func startOver(
    script: String, sha256: String, note: String? = nil, scope: Scope, excluding apps: Set<AppID>
  ) {
    bench.startOver(excluding: apps)
    book.startOver(script: script, sha256: sha256, note: note)
    state.scope = scope
    state.options = options
    state.onError = nil
  }

  /// Lets another one answer from now on, as a prompt does.
  package func answerQuestions(_ answer: @escaping @Sendable (Question) async -> Bool) {
    self.answer = answer
  }

  /// Lets a prompt serve its statements from now on.
  package func serve(by prompt: any PromptHost) { self.prompt = prompt }

  /// Whether no further statement is to run after one that failed so.
  package func stops(after failure: Failure) -> Bool { state.onError != .continue || failure.kind.endsScript }

  /// What the script says with `on error`; nil while it has not.
  package func errorMode() -> ErrorMode? { state.onError }

  /// The statements whose edits are staged and change something.
  package func uncommitted() -> (changes: Int, origins: [Origin]) {
    let count = bench.draft.changeCount
    return (count, count == 0 ? [] : bench.view.plan.changes.flatMap(\.origins).uniqued())
  }

  package func currentOptions() -> SessionOptions { state.options }

  package func currentScope() -> Scope { state.scope }

  /// What the statements of the script have selected and sent so far.
  package func appResults() -> AppResults { bench.appResults }

  /// What the prompt shows and completes.
  package func snapshot() -> Snapshot {
    Snapshot(
      profile: bench.connection?.profile, host: bench.connection?.host,
      isProtected: bench.connection?.isProtected ?? false, view: bench.view, scope: state.scope, options: state.options)
  }

  // MARK: The connection

  /// The connection that there is, if any.
  package var connection: Connection? { bench.connection }

  @discardableResult
  package func connect(profile: String?) async throws(Failure) -> Connection {
    do {
      let connection = try await bench.connect(profile: profile, jobs: state.options.jobs).0
      book.endRun()
      return connection
    } catch {
      throw Failure(error, at: .nowhere)
    }
  }

  /// Connects, checks the key by listing the apps, and describes the server.
  package func greet() async throws(Failure) -> String {
    surroundings.report(.began(.connecting, total: 1))
    defer { surroundings.report(.ended) }
    let connection = try await look(at: .nowhere, .nowhere).connected().connection
    let server = "profile \(connection.profile), \(connection.baseURL)"
    if connection.client.keyKind == .app { return server + " (app key)" }
    return server + (try await testKey().appCount.map { ", \($0.counting("app"))" } ?? "")
  }

  /// Connects, and has the service say whether it takes the key: by listing the apps, or the webhooks of the app of an app key.
  /// What is listed is kept for the statements to come.
  @discardableResult
  package func testKey() async throws(Failure) -> KeyTest {
    let (connection, catalog) = try await look(at: .nowhere, .nowhere).connected()
    do throws(ReadFailure) {
      if connection.client.keyKind == .admin { return .apps(try await catalog.apps().count) }
      try await catalog.requireLists(of: [.own])
      return .ownApp
    } catch {
      // A server that does not list is good for all the rest.
      guard error.isMissingOperation else { throw Failure(error, at: .nowhere) }
      return .untold
    }
  }

  /// This machine's share of the apps; nil for all of them.
  package nonisolated var shard: Shard? { surroundings.shard }

  // MARK: The journal

  /// The number of the run that this session's commits are, if there was one.
  package func runNumber() -> Int? { book.runNumber }

  /// Keeps other writers away from now on, for a whole migration.
  package func lockForMigration() async throws(Failure) {
    let connection = try await look(at: .nowhere, .nowhere).connected().connection
    try await book.hold(connection) { Failure($0, at: .nowhere) }
  }

  /// The journal, and what it knows the server by, for a migration's ledger.
  ///
  /// - Parameter isMade: true to create a missing journal; otherwise the result is nil.
  package func migrationJournal(
    isMade: Bool
  ) async throws(Failure) -> (log: (any RunLog)?, profile: String, host: String) {
    let connection = try await look(at: .nowhere, .nowhere).connected().connection
    do {
      return (isMade ? try await book.open() : try await book.find(), connection.profile, connection.host)
    } catch {
      throw Failure(error, at: .nowhere)
    }
  }

  /// What is to be said at the start when runs are unfinished; nil when all is well, when another process is at it, or
  /// nothing can be known. It does not connect: a script may need no server, and no key.
  package func unfinishedNotice() async -> String? {
    guard let place,
      let runs = try? await book.unfinishedRuns(place.profile, place.host).filter({ $0.state != .running }),
      !runs.isEmpty
    else { return nil }
    let each = runs.map { "run \($0.number) is unfinished: \($0.openCount) of \($0.intentCount) webhooks open" }
    let command = book.finishCommand(profile: place.profile, host: place.host)
    return each.joined(separator: "; ") + "; run `\(command)` to finish \(runs.count.noun("it", "them"))"
  }

  /// The profile and the host of the connection, or of the one that there will be; nil where they are not known.
  private var place: (profile: String, host: String)? {
    connection.map { ($0.profile, $0.host) } ?? surroundings.place()
  }

  /// The newest runs of the profile, newest first, for completion; none where nothing can be known without connecting.
  package func newestRuns(limit: Int) async -> [WhJournal.Run] {
    guard let connection, let log = try? await book.find() else { return [] }
    return (try? await log.runs(profile: connection.profile, host: connection.host, limit: limit)) ?? []
  }

  /// Closes the journal, at the end of everything.
  package func close() async { await book.close() }

  // MARK: Transcripts

  /// The server as a transcript's first line names it; nil before the session is connected. The sandbox in this process
  /// has another port each time, so its name is used.
  private var recordedHost: String? {
    bench.connection.map { $0.host == $0.baseURL.description ? $0.host : $0.profile }
  }

  /// Statements that restore the state of this session in a new one, except for what is staged.
  package func setting() -> [String] {
    var lines = state.scope.variables.sorted { $0.key < $1.key }.map { name, value in
      // One that is too short to be found in a text must not get there.
      let isShort = !value.isEmpty && state.scope.isSecret(name) && redactor.redact(value) == value
      return "let \(name) = \(Quoter.word(isShort ? Redactor.mask : value))"
    }
    lines += state.scope.lookups.values.sorted { $0.name < $1.name }.map { lookup in
      "let \(lookup.name) from \(Quoter.quoted(lookup.file)) by \(lookup.key.rawValue)"
    }
    let (options, standard) = (state.options, SessionOptions())
    for option in SessionOptions.all where option.changesResults && option.current(options) != option.current(standard)
    {
      lines.append("config \(option.name) \(option.current(options))")
    }
    if state.onError == .continue { lines.append("on error continue") }
    let apps = (bench.draft.apps ?? []).map(\.id.text).filter { !$0.isEmpty }
    if !apps.isEmpty { lines.append("use app " + apps.map { Quoter.word($0) }.joined(separator: ", ")) }
    let webhooks = (bench.draft.webhooks ?? []).map(\.webhook.text)
    if !webhooks.isEmpty {
      let keywords = CommandTable.grammars.editKeywords
      lines.append("webhook " + webhooks.map { Quoter.word($0, avoiding: keywords) }.joined(separator: ", "))
    }
    return lines
  }
}

extension Span {
  /// Where what no statement asked for comes from.
  static let nowhere = Span(Source(name: "wh", bytes: []), 0..<0)
}

extension Origin {
  fileprivate static let nowhere = Origin(source: "wh", line: 1, column: 1, statement: "")
}

/// What the prompt needs to know of a session between two statements.
package struct Snapshot: Sendable {
  package let profile: String?
  /// What the journal knows the server by.
  package let host: String?
  package let isProtected: Bool
  package let view: View
  package let scope: Scope
  package let options: SessionOptions

  package init(
    profile: String?, host: String? = nil, isProtected: Bool = false, view: View = View(), scope: Scope = Scope(),
    options: SessionOptions = SessionOptions()
  ) {
    self.profile = profile
    self.host = host
    self.isProtected = isProtected
    self.view = view
    self.scope = scope
    self.options = options
  }
}

extension App {
  /// The app of an app key, which the service does not describe.
  package static let own = App(id: .own)

  /// How a message names the app: by its slug where it is known.
  package var title: String { slug ?? (id.text.isEmpty ? "own app" : id.text) }
}
