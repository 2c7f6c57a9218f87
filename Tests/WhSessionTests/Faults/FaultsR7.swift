import Testing
import WhAPI
import WhDomain
import WhSyntax
import WhTestSupport

@testable import WhSession

@Suite("R7: a 404 is about the route, or about what is asked for")
struct FaultsR7 {
  private static let ofThing: [(code: String?, message: String)] = [
    (nil, "Webhook not found"), (nil, "No such webhook: 'w1'"), (nil, "webhook_id is unknown"),
    (nil, "The webhook does not exist."),
    (nil, "App not found"), (nil, "No such app"), (nil, "Application app_1 not found"), (nil, "Cannot find webhook w1"),
    ("resource_missing", "Not found"), ("webhook_not_found", "x"), ("app_not_found", "x"),
  ]

  private static let ofRoute: [(code: String?, message: String)] = [
    (nil, "Not found"), (nil, "Not Found"), (nil, "the response has no body"), (nil, "Cannot GET /v1/webhooks/w1"),
    (nil, "Unrecognized request URL (GET: /v1/organization/apps/app_1/webhooks)."), (nil, "Cannot GET webhooks"),
    (nil, "The route v1/organization/apps/app_1/webhooks could not be found."), (nil, "No route for this app"),
    (nil, "the response is not JSON: <title>No such app</title>"), (nil, "No endpoint for webhooks here"),
    (nil, "Route GET:/v1/webhooks not found"), ("route_not_found", "x"), ("not_found", "Not found"),
    (nil, "mapping of apps.json?x=webhook"),
  ]

  private static func error(_ code: String?, _ message: String) -> APIError {
    var error = APIError(.notFound, status: 404, message: message)
    error.code = code
    return error
  }

  @Test("R7: what names a webhook or an app is about that", arguments: ofThing)
  func things(code: String?, message: String) {
    #expect(Self.error(code, message).namesMissingThing)
    // Of another status nothing is missing.
    #expect(!APIError(.invalid, status: 400, message: message).namesMissingThing)
  }

  @Test("R7: what names a path, or nothing, may be about the route", arguments: ofRoute)
  func routes(code: String?, message: String) {
    #expect(!Self.error(code, message).namesMissingThing)
  }

  @Test("R7: where there is no `GET`, a webhook is still changed, however the server says so", arguments: ofRoute)
  func missingRoute(code: String?, message: String) async throws {
    let client = Harness.twoApps(routes: [.listApps], missingRoute: Self.error(code, message))
    let trace = await (try Harness(client)).run("use app app_1; webhook w1; set url https://n.example.com/; commit")
    #expect(trace.outcomes == ["w1 updated"], "\(trace.failures)")
  }

  @Test("R7: what is missing is not asked for by other ways", arguments: ofThing)
  func missingThing(code: String?, message: String) async throws {
    let client = Harness.twoApps()
    await client.fail("get app_1/w1", with: Self.error(code, message))
    let trace = await (try Harness(client)).run("use app app_1; webhook w1; set url https://n.example.com/; commit")
    #expect(trace.codes == [.unknownWebhook])
    #expect(await client.calls.allSatisfy { !$0.hasPrefix("put") })
  }
}
