import Synchronization
import Testing
import WhAPI
import WhDomain
import WhJournal
import WhMigrations
import WhSession
import WhSyntax
import WhTestSupport

/// A folder of scripts, a service and a journal in memory, and the events of a migration.
final class Bench: Sendable {
  /// The events, as short texts: `applying a.wh`, `error edited-script`.
  let told = Mutex<[String]>([])
  let client: FakeAPIClient
  let log: MemoryRunLog
  private let state: Mutex<State>

  private struct State {
    var files: [String: String]
    var identity: FolderIdentity?
    /// True once the file of the identity can't be written.
    var isReadOnly = false
    var count: UInt8 = 0
  }

  /// - Parameter files: the texts of scripts by their names, and of files that they include.
  init(_ files: [String: String], client: FakeAPIClient = Bench.twoApps(), log: MemoryRunLog = MemoryRunLog()) {
    self.client = client
    self.log = log
    state = Mutex(State(files: files))
  }

  /// `app_1` (slug `one`) with `w1` and `w2`, and `app_2` (slug `two`) with `v1`.
  static func twoApps() -> FakeAPIClient {
    FakeAPIClient(
      [app("app_1", "one"): ["w1", "w2"], app("app_2", "two"): ["v1"]].reduce(into: [:]) { apps, entry in
        apps[entry.key] = entry.value.map { webhook($0, entry.key.id) }
      })
  }

  static func app(_ id: String, _ slug: String) -> App {
    App(id: AppID(unchecked: id), slug: slug, name: slug, status: "active")
  }

  static func webhook(_ id: String, _ app: AppID) -> Webhook {
    Webhook(id: WebhookID(unchecked: id), appID: app, url: "https://old.example.com/\(id)", events: ["MESSAGE_SENT"])
  }

  /// A script that changes every webhook of some apps.
  static func edit(_ letter: String, apps: String = "*") -> String {
    "use app \(apps)\nwebhook *\nreplace url example.com/ with example.com/\(letter)-\ncommit\n"
  }

  var identity: FolderIdentity? {
    get { state.withLock(\.identity) }
    set { state.withLock { $0.identity = newValue } }
  }

  subscript(file: String) -> String? {
    get { state.withLock { $0.files[file] } }
    set { state.withLock { $0.files[file] = newValue } }
  }

  func setReadOnly() { state.withLock { $0.isReadOnly = true } }

  /// The puts that the service got so far.
  var writes: [String] { get async { await client.calls.filter { $0.hasPrefix("put") } } }

  /// The events since the last call.
  func take() -> [String] {
    told.withLock { told in
      defer { told = [] }
      return told
    }
  }

  // MARK: Runs, each as a process of its own

  struct Setting: Sendable {
    var path = "/repo/m"
    var isDry = false
    var profile = "p"
    /// Those of the command line.
    var variables: [String: String] = [:]
  }

  @discardableResult
  func up(_ setting: Setting = Setting(), to last: String? = nil) async -> Failure.Kind? {
    await migrate(setting) { await $0.up(to: last) }.failure
  }

  func verify(_ setting: Setting = Setting()) async -> Failure.Kind? {
    await migrate(setting) { await $0.verify() }.failure
  }

  func baseline(_ name: String) async -> Failure.Kind? {
    await migrate(Setting()) { await $0.baseline(through: name) }.failure
  }

  func status(_ setting: Setting = Setting()) async -> MigrationResult { await migrate(setting) { await $0.status() } }

  func plan(to last: String? = nil) async -> MigrationResult {
    await migrate(Setting(isDry: true)) { await $0.dryRun(to: last) }
  }

  /// The plan of what is pending, as a file holds it; nil where it can't be made.
  func kept(to last: String? = nil) async throws -> PlanFile? {
    let (planned, plan) = await process(Setting(isDry: true)) { migrator, _, dryRuns in
      (await migrator.keptDryRun(to: last).planned, dryRuns.plan)
    }
    guard let planned else { return nil }
    let source = PlanFile.Source(
      profile: "p", host: "https://api.example.com", scripts: [], migration: planned, tool: "1", createdAt: "now")
    let file = PlanFile(
      plan, source, random: Array(0..<32), secrecy: PlanSecrecy(redacted: { $0 }, variables: [:]))
    return try PlanFile(file: Array(file.text.utf8))
  }

  /// Applies a plan, as a process of its own.
  func apply(_ file: PlanFile) async -> Failure.Kind? {
    await process(Setting()) { _, session, _ in
      guard let migration = file.source.migration else { return .failed }
      return await PlannedMigrator(session: session, runner: Runner(bench: self, session: session)).apply(
        file, migration, named: "plan.json", variables: [:])
    }
  }

  /// Sends what a plan says and ends then, as a process that is killed before it has recorded the scripts.
  func applyUnrecorded(_ file: PlanFile) async -> Failure.Kind? {
    await process(Setting()) { _, session, _ in
      await Runner(bench: self, session: session).perform { () async throws(Failure) in
        try await session.apply(file, named: "plan.json", variables: [:])
      }
    }
  }

  func migrate<Value: Sendable>(
    _ setting: Setting, _ work: @Sendable (Migrator) async -> Value
  ) async -> Value {
    await process(setting) { migrator, _, _ in await work(migrator) }
  }

  private func process<Value: Sendable>(
    _ setting: Setting, _ work: @Sendable (Migrator, Interpreter, DryRuns) async -> Value
  ) async -> Value {
    let log = log.another()
    let files = state.withLock(\.files)
    let world = FakeWorld(files: Dictionary(uniqueKeysWithValues: files.map { ("m/" + $0.key, $0.value) }))
    let (client, dryRuns, redactor) = (client, DryRuns(), Redactor())
    var options = SessionOptions()
    options.jobs = 1
    let session = Interpreter(
      Surroundings(
        effects: world.effects, redactor: redactor,
        connector: { profile throws(ConnectionProblem) in
          guard let base = try? BaseURL("https://api.example.com") else {
            throw ConnectionProblem(.failed, .invalidURL, "no url")
          }
          let connection = Connection(profile: profile ?? setting.profile, baseURL: base, client: client)
          return setting.isDry ? dryRuns.connection(connection) : connection
        },
        context: RunContext(
          openJournal: { _ throws(JournalError) in log }, findJournal: { _ throws(JournalError) in log }, user: "me",
          version: "1", processID: 1, script: "m", scriptSHA256: "", isReadOnly: setting.isDry)), options: options,
      answer: { _ in true })
    let binder = Binder(readFile: world.effects.readFile, redactor: redactor)
    let sources = files.keys.filter(ScriptName.isScript).map { name in
      Source(name: "m/" + name, text: files[name] ?? "", folder: "m")
    }
    let folder = MigrationFolder(path: "m", identity: identity, absolutePath: setting.path, sources: sources)
    let migrator = Migrator(
      folder, session: session, binder: binder, scope: Scope(fixed: setting.variables),
      runner: Runner(bench: self, session: session), identify: { known throws(FileProblem) in try self.identify(known) }
    )
    let value = await work(migrator, session, dryRuns)
    await session.close()
    return value
  }

  private func identify(_ known: FolderIdentity?) throws(FileProblem) -> FolderIdentity {
    try state.withLock { state throws(FileProblem) in
      guard !state.isReadOnly else { throw FileProblem("Read-only file system") }
      state.count += 1
      let identity = known ?? FolderIdentity(random: [UInt8](repeating: state.count, count: 16))
      state.identity = identity
      return identity
    }
  }
}

/// Runs statements up to the first that fails, and records its events.
private struct Runner: MigrationRunner {
  let bench: Bench
  let session: Interpreter

  func run(script statements: [Statement]) async -> Failure.Kind? {
    for statement in statements {
      if let kind = await perform({ () async throws(Failure) in try await session.execute(statement) }) { return kind }
    }
    return nil
  }

  func perform(_ work: @Sendable () async throws(Failure) -> Reply) async -> Failure.Kind? {
    do throws(Failure) {
      return try await work().failure?.kind
    } catch {
      return error.kind
    }
  }

  func report(_ event: MigrationEvent) async {
    let text =
      switch event {
      case .status(let rows):
        rows.map { "\($0.name) \($0.state) \($0.appliedCount)+\($0.waiting.map(String.init) ?? "?")" }.joined(
          separator: ", ")
      case .applying(let script): "applying \(script)"
      case .catchingUp(let script): "catching up \(script)"
      case .finishing(let script, let run): "finishing \(script), run \(run)"
      case .outOfOrder(let script, let last): "\(script) after \(last)"
      case .verified(let script, let isAsExpected): "\(script) \(isAsExpected ? "as expected" : "not as expected")"
      case .expectsNothing(let script): "\(script) expects nothing"
      case .baselined(let count): "baselined \(count)"
      case .nothingPending: "nothing pending"
      case .recorded(let script, let count): "recorded \(script) \(count)"
      case .notRecorded: "not recorded"
      case .unusedVariable(let name): "unused \(name)"
      case .identified: "identified"
      case .diagnostic(let diagnostic): "\(diagnostic.severity.rawValue) \(diagnostic.code.rawValue)"
      }
    bench.told.withLock { $0.append(text) }
  }
}
