import Foundation
import Testing
import WhTestSupport

@Suite("Plans")
struct PlanTests {
  private static let select = "use app \(OneWebhook.app); webhook \(OneWebhook.webhook)"

  @Test("A plan reads, shows before and after with the statements, and sends no write")
  func plan() async throws {
    let server = try OneWebhook().serve()
    let home = try Home()
    try home.write("a.wh", OneWebhook.example)
    let run = try await home.wh("plan", "--exit-code", "a.wh", environment: WhRun.environment(server))
    #expect(run.exit == 10, "\(run.testDescription)")
    #expect(run.error.isEmpty, "\(run.testDescription)")
    for text in [
      "- url     https://old.example.com/webhook", "+ url     https://example.com/webhook", "+ event   MESSAGE_SENT",
      "add event MESSAGE_SENT", "plan: 1 webhook in 1 app to update, ", ", then 1 write",
    ] {
      #expect(run.output.contains(text), "\(run.testDescription)")
    }
    #expect(server.requests.map(\.method) == ["GET"])
  }

  @Test("Each commit of a webhook is a write of the plan, as it is one of the run")
  func commits() async throws {
    let script = Self.select + "; set url https://a.example; commit; set url https://b.example; commit"
    for (command, writes) in [("plan", 0), ("run", 2)] {
      let server = try OneWebhook().serve()
      let run = try await Home().wh(command, "-", environment: WhRun.environment(server), input: script)
      #expect(run.exit == 0, "\(run.testDescription)")
      #expect(server.requests.count { $0.method == "PUT" } == writes)
      #expect(run.output.contains("1 webhook in 1 app to update") == (command == "plan"), "\(run.testDescription)")
      #expect(run.output.contains("then 2 writes") == (command == "plan"), "\(run.testDescription)")
    }
  }

  @Test("If the API can only read by empty updates, only those are sent")
  func planWithoutReads() async throws {
    let server = try OneWebhook(routes: .updateOnlyJSON404).serve()
    let run = try await Home().wh(
      "plan", "--exit-code", "-", environment: WhRun.environment(server), input: OneWebhook.example)
    #expect(run.exit == 10, "\(run.testDescription)")
    #expect(server.requests.filter { $0.method == "PUT" }.map(\.bodyText) == ["{}"])
  }

  @Test("A plan that was stopped by an error does not say that all is up to date")
  func stopped() async throws {
    let run = try await Home().wh("plan", "--sandbox", "-", input: "use app nope; webhook * set url https://a.example")
    #expect(run.exit == 1 && run.output.isEmpty, "\(run.testDescription)")
    #expect(run.error.contains("error[unknown-app]"), "\(run.testDescription)")
  }

  @Test("As JSON it is an object for each change, and one for the whole")
  func json() async throws {
    let server = try OneWebhook().serve()
    let run = try await Home().wh(
      "plan", "--output", "json", "-", environment: WhRun.environment(server), input: OneWebhook.example)
    #expect(run.exit == 0, "\(run.testDescription)")
    let objects = try run.objects
    #expect(objects.map { $0["type"] as? String } == ["change", "plan"])
    #expect(
      objects[0]["set"] as? NSDictionary
        == ["url": "https://example.com/webhook", "events": ["MESSAGE_CREATED", "MESSAGE_SENT"]])
    #expect(objects[1]["writes"] as? Int == 1 && objects[1]["reads"] as? Int == 1)
  }

  @Test("Expectations about its own result hold in the plan as in a run")
  func expectations() async throws {
    let server = try OneWebhook().serve()
    let home = try Home()
    let environment = WhRun.environment(server)
    let good = try await home.wh(
      "plan", "-", environment: environment,
      input: OneWebhook.example + "; expect url = https://example.com/webhook and event MESSAGE_SENT")
    #expect(good.exit == 0, "\(good.testDescription)")
    let bad = try await home.wh(
      "plan", "--exit-code", "-", environment: environment, input: OneWebhook.example + "; expect event NEVER")
    #expect(bad.exit == 1, "\(bad.testDescription)")
    #expect(bad.error.contains("error[expectation-failed]"), "\(bad.testDescription)")
    #expect(server.requests.allSatisfy { $0.method == "GET" })
  }

  @Test("Several commits of one webhook are one change, and reverting a change is none")
  func merged() async throws {
    let server = try OneWebhook().serve()
    let home = try Home()
    let environment = WhRun.environment(server)
    let merged = try await home.wh(
      "plan", "--exit-code", "-", environment: environment,
      input: "\(Self.select); add event MESSAGE_SENT; commit; add event MESSAGE_DELIVERED; commit")
    #expect(merged.exit == 10, "\(merged.testDescription)")
    #expect(merged.output.contains("1 webhook in 1 app to update, 1 read, then 2 writes"), "\(merged.testDescription)")
    let undone = try await home.wh(
      "plan", "--exit-code", "-", environment: environment,
      input: "\(Self.select); add event MESSAGE_SENT; commit; remove event MESSAGE_SENT; commit")
    #expect(undone.exit == 0, "\(undone.testDescription)")
  }
}
