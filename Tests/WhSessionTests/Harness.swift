import Synchronization
import Testing
import WhAPI
import WhDomain
import WhJournal
import WhSession
import WhSyntax
import WhTestSupport

/// What a session told of long work, in order: `began reading 6`, `stepped`, `ended`.
final class ProgressTrace: Sendable {
  private let state = Mutex<[String]>([])

  var texts: [String] { state.withLock(\.self) }

  func add(_ event: ProgressEvent) {
    let text =
      switch event {
      case .began(let phase, let total): "began \(phase.rawValue) \(total)"
      case .stepped: "stepped"
      case .ended: "ended"
      case .waiting(let process): "waiting \(process)"
      }
    state.withLock { $0.append(text) }
  }
}

/// A session on a fake service, and what its statements gave back.
struct Harness {
  let client: FakeAPIClient
  let world: FakeWorld
  let redactor = Redactor()
  let session: Interpreter
  /// What would be sent, in a dry run.
  let dryRuns = DryRuns()
  /// What was told of long work.
  let progress = ProgressTrace()

  /// - Parameters:
  ///   - jobs: 1, so that calls come in a known order.
  ///   - journal: where runs are written down; nil for nowhere.
  ///   - isPrompt: whether each commit is a run of its own.
  init(
    _ client: FakeAPIClient = Harness.twoApps(), files: [String: String] = [:], isDryRun: Bool = false,
    jobs: Int = 1, isTalkative: Bool = false, others: [String: FakeAPIClient] = [:],
    problem: ConnectionProblem? = nil, answer: Bool = false, journal: MemoryRunLog? = nil,
    isPrompt: Bool = false, ignoresUnfinished: Bool = false, shard: Shard? = nil, scope: Scope = Scope(),
    place: (profile: String, host: String)? = nil, mostDeletions: Int? = nil
  ) throws {
    self.client = client
    world = FakeWorld(files: files)
    var options = SessionOptions()
    options.jobs = jobs
    options.mostDeletions = mostDeletions
    let baseURL = try BaseURL("https://api.example.com")
    let dryRuns = dryRuns
    let progress = progress
    let context = journal.map { journal in
      RunContext(
        openJournal: { _ in journal }, findJournal: { _ in journal }, user: "user", version: "1", processID: 1,
        shard: shard, script: isPrompt ? nil : "test.wh", ignoresUnfinished: ignoresUnfinished)
    }
    session = Interpreter(
      Surroundings(
        effects: world.effects, redactor: redactor,
        connector: { profile throws(ConnectionProblem) in
          if let problem { throw problem }
          guard let client = profile.map({ others[$0] }) ?? client else {
            throw ConnectionProblem(.failed, .unknownProfile, "no profile named `\(profile ?? "")`")
          }
          let connection = Connection(
            profile: profile ?? "default", baseURL: baseURL, client: client, clockOffset: { .zero })
          return isDryRun ? dryRuns.connection(connection) : connection
        }, place: { place }, context: context, isTalkative: isTalkative, shard: shard,
        report: { progress.add($0) }), options: options, scope: scope,
      answer: { _ in isDryRun || answer })
  }

  /// Runs a script as a batch does: up to the first statement that fails, unless it says otherwise.
  @discardableResult
  func run(_ text: String, name: String = "test.wh", location: SourceLocation = #_sourceLocation) async -> Trace {
    var trace = Trace()
    let binder = Binder(readFile: world.effects.readFile, redactor: redactor)
    let script = binder.bind(Source(name: name, text: text), in: await session.currentScope())
    trace.diagnostics = script.diagnostics
    #expect(!script.hasErrors, "\(script.diagnostics.map(\.message))", sourceLocation: location)
    await session.foresee(script.statements)
    for statement in script.statements {
      do {
        let reply = try await session.execute(statement)
        trace.diagnostics += reply.warnings
        trace.outputs += reply.outputs
        trace.warnings += reply.warnings.map(\.code)
        if let failure = reply.failure { trace.failures.append(failure) }
      } catch {
        trace.failures.append(error)
      }
      if let failure = trace.failures.last, await session.stops(after: failure) { break }
    }
    return trace
  }

  // MARK: Services

  /// `app_1` (slug `one`) with `w1`, `w2`, `w3`, and `app_2` (slug `two`) with `v1`, `v2`. All but `w3` have
  /// `MESSAGE_SENT`.
  static func twoApps(
    keyKind: KeyKind = .admin, routes: Set<FakeAPIClient.Route> = Set(FakeAPIClient.Route.allCases),
    missingRoute: APIError = FakeAPIClient.plainNotFound, tellsTotals: Bool = true
  ) -> FakeAPIClient {
    FakeAPIClient(
      keyKind: keyKind,
      [
        app("app_1", "one"): [
          webhook("w1", "app_1", ["MESSAGE_CREATED", "MESSAGE_SENT"]), webhook("w2", "app_1", ["MESSAGE_SENT"]),
          webhook("w3", "app_1", ["MESSAGE_DELIVERED"]),
        ],
        app("app_2", "two"): [webhook("v1", "app_2", ["MESSAGE_SENT"]), webhook("v2", "app_2", ["MESSAGE_SENT"])],
      ], routes: routes, missingRoute: missingRoute, tellsTotals: tellsTotals)
  }

  /// One app with many webhooks, `w001` and on.
  static func bigApp(_ count: Int, tellsTotals: Bool = true) -> FakeAPIClient {
    FakeAPIClient(
      [app("app_1", "one"): (1...count).map { webhook(number($0), "app_1", ["MESSAGE_SENT"]) }],
      tellsTotals: tellsTotals)
  }

  /// Many apps with one webhook each.
  static func manyApps(_ count: Int) -> FakeAPIClient {
    FakeAPIClient(
      Dictionary(
        uniqueKeysWithValues: (1...count).map { index in
          let id = "app_" + number(index)
          return (app(id, "slug-\(index)"), [webhook(number(index), id, ["MESSAGE_SENT"])])
        }))
  }

  static func number(_ index: Int) -> String { "w" + String(String(1000 + index).dropFirst()) }

  static func app(_ id: String, _ slug: String) -> App {
    App(id: AppID(unchecked: id), slug: slug, name: "App \(slug)", status: "active")
  }

  static func webhook(_ id: String, _ app: String, _ events: [String]) -> Webhook {
    Webhook(
      id: WebhookID(unchecked: id), appID: AppID(unchecked: app), url: "https://old.example.com/\(id)", events: events,
      headers: Headers([Header(name: "X-Team", value: "sms")]), createdAt: try? Timestamp("2026-01-01T00:00:00Z"),
      updatedAt: try? Timestamp("2026-01-02T00:00:00Z"))
  }
}

/// What a script gave back.
struct Trace {
  var outputs: [Output] = []
  var failures: [Failure] = []
  /// Of the text.
  var diagnostics: [Diagnostic] = []
  /// Of the statements that ran.
  var warnings: [DiagnosticCode] = []

  var codes: [DiagnosticCode] { failures.map(\.diagnostic.code) }

  var kinds: [Failure.Kind] { failures.map(\.kind) }

  var notes: [String] { outputs.compactMap { if case .note(let text) = $0 { text } else { nil } } }

  var confirmations: [String] { outputs.compactMap { if case .confirmation(let text) = $0 { text } else { nil } } }

  var texts: [String] { outputs.compactMap { if case .text(let text) = $0 { text } else { nil } } }

  var scripts: [String] { outputs.compactMap { if case .script(let text) = $0 { text } else { nil } } }

  var report: RunResult? {
    outputs.lazy.compactMap { if case .commit(let report) = $0 { report } else { nil } }.first
  }

  /// `w1 updated`, in the order of the report.
  var outcomes: [String] {
    report?.outcomes.map { "\($0.change.webhookID?.text ?? "new") \($0.state.rawValue)" } ?? []
  }

  /// `w1 https://… A,B`, of each row of every list.
  var rows: [String] {
    outputs.flatMap { output -> [String] in
      guard case .webhooks(let rows, _) = output else { return [] }
      return rows.map { "\($0.webhook.id) \($0.webhook.url) \($0.webhook.events.joined(separator: ","))" }
    }
  }

  var statuses: [Output.StatusReport] {
    outputs.compactMap { if case .status(let report) = $0 { report } else { nil } }
  }

  var apps: [Output.AppRow] {
    outputs.flatMap { output in if case .apps(let rows) = output { rows } else { [] as [Output.AppRow] } }
  }

  var events: [Output.EventRow] {
    outputs.flatMap { output in if case .events(let rows) = output { rows } else { [] as [Output.EventRow] } }
  }

  /// `name=value`, of each row of `show config` and `show variables`.
  var settings: [String] {
    outputs.flatMap { output -> [String] in
      switch output {
      case .options(let rows): rows.map { "\($0.name)=\($0.value)" }
      case .variables(let rows): rows.map { "\($0.name)=\($0.value)" }
      default: []
      }
    }
  }

  var commands: [String] {
    outputs.flatMap { output in if case .requests(let commands) = output { commands } else { [] as [String] } }
  }
}
