import Foundation
import Testing
import WhTestSupport

@Suite("The whole example")
struct SeedExampleTests {
  /// The ways by which statements reach `wh`.
  enum Way: CaseIterable, Sendable {
    case argument, file, standardInput

    func run(_ statements: String, in home: Home, _ environment: [String: String]) async throws -> WhRun {
      switch self {
      case .argument: return try await home.wh("-c", statements, environment: environment)
      case .file:
        try home.write("example.wh", statements + "\n")
        return try await home.wh("run", "example.wh", environment: environment)
      case .standardInput: return try await home.wh(environment: environment, input: statements + "\n")
      }
    }
  }

  @Test("It becomes one update with only the changed fields", arguments: Way.allCases, OneWebhook.Routes.allCases)
  func admin(way: Way, routes: OneWebhook.Routes) async throws {
    let server = try OneWebhook(routes: routes).serve()
    let run = try await way.run(OneWebhook.example, in: Home(), WhRun.environment(server))
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(run.error.isEmpty, "\(run.testDescription)")

    let updates = server.requests.filter { $0.method == "PUT" && $0.bodyText != "{}" }
    try #require(updates.count == 1, "\(server.requests.map(\.line))")
    let update = updates[0]
    #expect(update.target == OneWebhook.adminPath)
    #expect(update["Authorization"] == "Bearer \(OneWebhook.adminKey)")
    #expect(update["Content-Type"] == "application/json")
    #expect(
      update.json == ["url": "https://example.com/webhook", "events": ["MESSAGE_CREATED", "MESSAGE_SENT"]],
      "\(update.bodyText)")

    let reads = server.requests.filter { $0.method != "PUT" || $0.bodyText == "{}" }
    #expect(
      reads.map(\.line)
        == (routes.isUpdateOnly
          ? ["GET \(OneWebhook.adminPath)", "PUT \(OneWebhook.adminPath)"] : ["GET \(OneWebhook.adminPath)"]))
    #expect(reads.allSatisfy { $0["Authorization"] == "Bearer \(OneWebhook.adminKey)" })
    expectAnswer(in: run)
  }

  /// The output is the webhook as the server returned it, not the request.
  private func expectAnswer(in run: WhRun) {
    for text in [
      OneWebhook.webhook, "https://example.com/webhook", "MESSAGE_CREATED", "MESSAGE_SENT", "X-Custom-Header: value",
      OneWebhook.updateMoment,
    ] {
      #expect(run.output.contains(text), "\(run.testDescription)")
    }
  }

  @Test("With an app key the app is left out of the path", arguments: OneWebhook.Routes.allCases)
  func appKey(routes: OneWebhook.Routes) async throws {
    let server = try OneWebhook(routes: routes).serve()
    let run = try await Home().wh(
      "-c", "webhook \(OneWebhook.webhook) set url https://example.com/webhook; add event MESSAGE_SENT; commit",
      environment: WhRun.environment(server, key: OneWebhook.appKey))
    #expect(run.exit == 0, "\(run.testDescription)")
    let updates = server.requests.filter { $0.method == "PUT" && $0.bodyText != "{}" }
    #expect(updates.map(\.target) == [OneWebhook.appPath])
    #expect(updates.first?["Authorization"] == "Bearer \(OneWebhook.appKey)")
    #expect(
      updates.first?.json == ["url": "https://example.com/webhook", "events": ["MESSAGE_CREATED", "MESSAGE_SENT"]])
    #expect(server.requests.allSatisfy { !$0.target.contains("organization") })
    expectAnswer(in: run)
  }

  @Test("The example runs with an app key too")
  func appKeyAsItStands() async throws {
    let server = try OneWebhook().serve()
    let run = try await Home().wh(
      "-c", OneWebhook.example, environment: WhRun.environment(server, key: OneWebhook.appKey))
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(server.requests.map(\.line) == ["GET \(OneWebhook.appPath)", "PUT \(OneWebhook.appPath)"])
  }

  @Test("As JSON, each line is an object, and the outcome has the answer of the server")
  func json() async throws {
    let server = try OneWebhook().serve()
    let run = try await Home().wh(
      "--output", "json", "-c", OneWebhook.example, environment: WhRun.environment(server))
    #expect(run.exit == 0, "\(run.testDescription)")
    let objects = try run.objects
    #expect(objects.map { $0["type"] as? String } == ["outcome", "commit"])
    #expect(objects[0]["state"] as? String == "updated")
    let answer = try #require(objects[0]["answer"] as? NSDictionary)
    #expect(answer["updatedAt"] as? String == OneWebhook.updateMoment)
    #expect(answer["events"] as? [String] == ["MESSAGE_CREATED", "MESSAGE_SENT"])
    #expect(objects[1]["updated"] as? Int == 1)
  }

  @Test("A webhook that is as requested gets no request")
  func nothingToDo() async throws {
    var service = OneWebhook()
    service.url = "https://example.com/webhook"
    service.events = ["MESSAGE_CREATED", "MESSAGE_SENT"]
    let server = try service.serve()
    let run = try await Home().wh("-c", OneWebhook.example, environment: WhRun.environment(server))
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(server.requests.map(\.line) == ["GET \(OneWebhook.adminPath)"])
    #expect(run.output.contains("1 unchanged"), "\(run.testDescription)")
  }

  @Test(
    "Edits that need no reading are sent without it if the API can't read",
    arguments: [
      "set url https://example.com/webhook", "set events MESSAGE_SENT",
    ])
  func blind(edit: String) async throws {
    let server = try OneWebhook(routes: .updateOnlyPlain404).serve()
    let run = try await Home().wh(
      "-c", "use app \(OneWebhook.app); webhook \(OneWebhook.webhook) \(edit); commit",
      environment: WhRun.environment(server))
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(server.requests.filter { $0.method == "PUT" }.count == 1, "\(server.requests.map(\.line))")
  }
}
