import Foundation
import Testing
import WhTestSupport

@Suite("A protected profile is asked for")
struct FaultsX6 {
  private static func home(_ server: FakeService) throws -> Home {
    let home = try Home()
    try home.write("key", OneWebhook.adminKey + "\n")
    try home.configure(
      """
      [profiles.p]
      base_url = "\(server.url)"
      key_file = "\(home.path("work/key"))"
      protected = true

      """)
    return home
  }

  @Test("X6: in batch a commit with a protected profile needs --yes, and sends nothing without")
  func batch() async throws {
    let server = try OneWebhook().serve()
    let home = try Self.home(server)
    let refused = try await home.wh("--profile", "p", "-c", OneWebhook.example)
    #expect(refused.exit == 1 && refused.error.contains("error[confirmation-needed]"), "\(refused.testDescription)")
    #expect(refused.error.contains("--yes") && server.requests.allSatisfy { $0.method == "GET" })
    let run = try await home.wh("--profile", "p", "--yes", "-c", OneWebhook.example)
    #expect(run.exit == 0 && server.requests.contains { $0.method == "PUT" }, "\(run.testDescription)")
  }

  @Test("X6: a plan and a commit of nothing need no permission")
  func nothingToSend() async throws {
    let server = try OneWebhook().serve()
    let home = try Self.home(server)
    let plan = try await home.wh("plan", "--profile", "p", "-", input: OneWebhook.example)
    #expect(plan.exit == 0, "\(plan.testDescription)")
    let nothing = try await home.wh("--profile", "p", "-c", "use app *; webhook *; commit")
    #expect(nothing.exit == 0, "\(nothing.testDescription)")
  }
}
