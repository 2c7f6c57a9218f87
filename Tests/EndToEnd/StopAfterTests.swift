import Foundation
import Testing
import WhTestSupport

/// `--stop-after`: a run whose time is over stops as an interrupted one does, and is finished by `wh resume`.
@Suite("A run with a time limit")
struct StopAfterTests {
  /// A server that lets the two lists and three writes through, and then nothing for ten minutes.
  @Test("What is left when the time is over stays for resume")
  func stops() async throws {
    let home = try Home()
    let data = ["--data", home.path("data/stop.sqlite")]
    let script = "use app my-app, acme-dental; webhook *; add event calls.failed; commit; echo after"
    let server = try await SandboxProcess(home, data + ["--rate-limit", "6/600"])
    let run = try await home.wh("--stop-after", "3s", "-c", script, environment: server.environment)
    #expect(run.exit == 75, "\(run.testDescription)")
    #expect(
      run.error.contains("the time of --stop-after 3s is over") && run.error.contains("wh resume"),
      "\(run.testDescription)")
    #expect(!run.output.contains("after") && !run.error.contains("interrupted:"), "\(run.testDescription)")
    let runs = try #require(try await home.wh("runs", "--output", "json").objects.first)
    #expect(runs["updated"] as? Int == 3 && runs["open"] as? Int == 3, "\(runs)")
  }

  @Test(
    "A time that is no duration is refused",
    arguments: ["0", "0s", "-1", "5d", "", "soon", "1h30m"])
  func values(text: String) async throws {
    let run = try await Home().wh("--sandbox", "--stop-after", text, "-c", "echo ran")
    #expect(run.exit == 64 && run.output.isEmpty, "\(run.testDescription)")
  }

  @Test("A run that is done before its time is over ends as ever", arguments: ["1h", "60", "5m"])
  func unused(text: String) async throws {
    let run = try await Home().wh("--sandbox", "--stop-after", text, "-c", "echo ran")
    #expect(run.exit == 0 && run.output == "ran\n", "\(run.testDescription)")
  }
}
