import Foundation
import Testing
import WhTestSupport

@Suite("Creating, deleting and dumping webhooks")
struct CreateDeleteDumpTests {
  private static let listAll = "use app *; webhook *; show"

  @Test("A deletion is refused in batch without --yes")
  func delete() async throws {
    let home = try Home()
    let script = "use app my-app; webhook \(OneWebhook.webhook); delete webhook; commit"
    let before = try await home.wh("--sandbox", "-c", Self.listAll)
    let refused = try await home.wh("--sandbox", "--verbose", "-c", script)
    #expect(refused.exit == 1, "\(refused.testDescription)")
    #expect(refused.error.contains("error[confirmation-needed]") && refused.error.contains("--yes"))
    #expect(!refused.error.contains("DELETE "), "\(refused.testDescription)")
    #expect(try await home.wh("--sandbox", "-c", Self.listAll).output == before.output)

    let done = try await home.wh("--sandbox", "--verbose", "--yes", "-c", script)
    #expect(done.exit == 0, "\(done.testDescription)")
    #expect(done.error.contains("DELETE \(OneWebhook.adminPath) → 200"), "\(done.testDescription)")
    let after = try await home.wh("--sandbox", "-c", Self.listAll)
    #expect(before.output.contains(OneWebhook.webhook) && !after.output.contains(OneWebhook.webhook))
  }

  @Test("A creation is one request, and the plan shows it without sending it")
  func create() async throws {
    let home = try Home()
    let script = "use app my-app; create webhook https://example.com/new events MESSAGE_SENT; commit"
    let planned = try await home.wh("plan", "--exit-code", "--sandbox", "--verbose", "-", input: script)
    #expect(planned.exit == 10, "\(planned.testDescription)")
    #expect(planned.output.contains("https://example.com/new") && !planned.error.contains("POST "))
    let run = try await home.wh("--sandbox", "--verbose", "-c", script)
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(run.error.components(separatedBy: "POST ").count == 2, "\(run.testDescription)")
    let found = try await home.wh(
      "--sandbox", "-c", "use app my-app; webhook where url = https://example.com/new; show")
    #expect(found.output.contains("MESSAGE_SENT"), "\(found.testDescription)")
  }

  @Test("A dump runs without changes, and restores what was changed")
  func dump() async throws {
    let home = try Home()
    let before = try await home.wh("--sandbox", "--output", "json", "-c", "use app *; show webhooks")
    let written = try await home.wh("--sandbox", "-c", #"use app *; webhook *; dump "all.wh""#)
    #expect(written.exit == 0, "\(written.testDescription)")
    #expect(try home.mode("work/all.wh") == 0o600)
    let printed = try await home.wh("--sandbox", "-c", "use app *; webhook *; dump")
    #expect(printed.output == (try home.text("work/all.wh")))
    #expect(!printed.output.contains("demo-secret"))
    let again = try await home.wh("--sandbox", "-c", #"use app my-app; webhook *; dump "all.wh""#)
    #expect(again.exit == 1 && again.error.contains("error[file-exists]"), "\(again.testDescription)")
    let planned = try await home.wh("plan", "--sandbox", "-", input: #"use app *; webhook *; dump "planned.wh""#)
    #expect(planned.exit == 0 && planned.error.contains("a plan does not write files"), "\(planned.testDescription)")
    #expect(!FileManager.default.fileExists(atPath: home.path("work/planned.wh")))
    let json = try await home.wh("--sandbox", "--output", "json", "-c", #"use app *; webhook *; dump "json.wh""#)
    #expect(json.exit == 0 && json.output.isEmpty, "\(json.testDescription)")
    #expect(try home.text("work/json.wh") == printed.output)
    let unchanged = try await home.wh("plan", "--exit-code", "--sandbox", "all.wh")
    #expect(unchanged.exit == 0, "\(unchanged.testDescription)")
    let formatted = try await home.wh("fmt", "--check", "all.wh")
    #expect(formatted.exit == 0, "\(formatted.testDescription)")

    try home.write("farther.wh", MigrationTests.script)
    #expect(try await home.wh("run", "--sandbox", "farther.wh").exit == 0)
    let restored = try await home.wh("run", "--sandbox", "all.wh")
    #expect(restored.exit == 0, "\(restored.testDescription)")
    let after = try await home.wh("--sandbox", "--output", "json", "-c", "use app *; show webhooks")
    #expect(Self.withoutTimes(after.output) == Self.withoutTimes(before.output))
  }

  private static func withoutTimes(_ text: String) -> String {
    text.replacing(#/"updatedAt":"[^"]*"/#, with: "")
  }
}
