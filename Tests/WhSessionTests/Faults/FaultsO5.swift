import Synchronization
import Testing
import WhAPI
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

@Suite("The time that a plan names is the time that its run takes")
struct FaultsO5 {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let apps: Int
    let webhooks: Int
    var limit = 60
    var window = Duration.seconds(60)
    var setting = ""
  }

  static let cases = [
    Case(testDescription: "one app, one list", apps: 1, webhooks: 90),
    Case(testDescription: "many lists, reread one by one", apps: 300, webhooks: 1),
    Case(testDescription: "lists that are reread as a whole", apps: 20, webhooks: 30),
    Case(testDescription: "lists of several pages", apps: 2, webhooks: 250),
    Case(testDescription: "short windows", apps: 20, webhooks: 30, limit: 10, window: .seconds(6)),
    Case(testDescription: "read again before each write", apps: 40, webhooks: 5, setting: "config recheck 0s\n"),
    Case(testDescription: "never read again", apps: 300, webhooks: 1, setting: "config conflicts overwrite\n"),
    Case(testDescription: "within the limit", apps: 5, webhooks: 5),
  ]

  @Test("O5: within 10 % of the run, with its reads and rechecks", arguments: cases)
  func planned(_ item: Case) async throws {
    let script = item.setting + "use app *; webhook *; add event MESSAGE_FAILED; commit"
    let plan = LimitedClient(item)
    let dryRuns = DryRuns()
    let planning = try await Self.run(script, plan) { dryRuns.connection($0) }
    let options = await planning.currentOptions()
    let parts = dryRuns.parts(recheck: options.conflicts == .overwrite ? nil : .seconds(options.recheck))
    let estimated = try #require(parts.first?.time).inSeconds

    let real = LimitedClient(item)
    _ = try await Self.run(script, real) { $0 }
    #expect(await real.service.webhook(Harness.number(1))?.events.contains("MESSAGE_FAILED") == true)
    let seconds = real.elapsed.inSeconds
    // A run ends somewhere in its last window, which counts as a whole.
    #expect(abs(estimated - seconds) <= max(0.1 * seconds, item.window.inSeconds), "\(estimated) s, took \(seconds) s")
  }

  private static func run(
    _ script: String, _ client: LimitedClient, _ connection: @escaping @Sendable (Connection) -> Connection
  ) async throws -> Interpreter {
    let redactor = Redactor()
    var options = SessionOptions()
    options.jobs = 1
    let base = try BaseURL("https://api.example.com")
    let session = Interpreter(
      Surroundings(
        effects: client.world.effects, redactor: redactor,
        connector: { _ in
          connection(
            Connection(
              profile: "p", baseURL: base, client: client, requestCount: { client.count }, rate: { client.rate }))
        }), options: options)
    let binder = Binder(readFile: client.world.effects.readFile, redactor: redactor)
    let source = Source(name: "test.wh", text: script)
    for statement in binder.bind(source, in: await session.currentScope()).statements {
      let reply = try await session.execute(statement)
      #expect(reply.failure == nil)
    }
    return session
  }
}

/// A service with a limit, whose clock goes on when the limit is used up. Its requests come one at a time.
private final class LimitedClient: APIClient {
  let world = FakeWorld()
  let service: FakeAPIClient
  private let limit: Int
  private let window: Duration
  private let used = Mutex((count: 0, inWindow: 0))
  private let start: Duration
  private static let latency = Duration.milliseconds(50)

  init(_ item: FaultsO5.Case) {
    (limit, window) = (item.limit, item.window)
    var number = 0
    var apps: [App: [Webhook]] = [:]
    for index in 1...item.apps {
      let app = Harness.app("app_\(index)", "slug-\(index)")
      apps[app] = (1...item.webhooks).map { _ in
        number += 1
        return Harness.webhook(Harness.number(number), app.id.text, ["MESSAGE_SENT"])
      }
    }
    service = FakeAPIClient(apps)
    start = world.effects.time.monotonic()
  }

  var count: Int { used.withLock(\.count) }

  var rate: PacingRate? { PacingRate(limit: limit, window: window, remaining: limit - 1) }

  var elapsed: Duration { world.effects.time.monotonic() - start }

  /// Waits for the next window where this one is used up.
  private func waitForTurn() {
    used.withLock { used in
      guard used.inWindow == limit else { return }
      used.inWindow = 0
      world.advance(by: window - Self.latency * limit)
    }
  }

  private func take() {
    waitForTurn()
    used.withLock { used in
      used.count += 1
      used.inWindow += 1
    }
    world.advance(by: Self.latency)
  }

  var keyKind: KeyKind { .admin }

  func listApps(offset: Int, limit: Int) async throws(APIError) -> Page<App> {
    take()
    return try await service.listApps(offset: offset, limit: limit)
  }

  func listWebhooks(app: AppID?, offset: Int, limit: Int) async throws(APIError) -> Page<Webhook> {
    take()
    return try await service.listWebhooks(app: app, offset: offset, limit: limit)
  }

  func webhook(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook {
    take()
    return try await service.webhook(app: app, id: id)
  }

  func webhookByUpdate(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook {
    take()
    return try await service.webhookByUpdate(app: app, id: id)
  }

  func send(_ change: Change, _ terms: SendingTerms) async -> WriteResult {
    waitForTurn()
    if let notAfter = terms.notAfter, world.effects.time.monotonic() > notAfter {
      return .notSent(APIError(.expired, message: "its turn came too late"))
    }
    take()
    return await service.send(change, SendingTerms())
  }
}
