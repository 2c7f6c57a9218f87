import Foundation
import Testing
import WhTestSupport

@Suite("The sandbox as a process")
struct SandboxTests {
  @Test("It prints its address, answers, and ends when requested", arguments: [SIGTERM, SIGINT, SIGHUP])
  func serve(signal: Int32) async throws {
    let home = try Home()
    let sandbox = try await SandboxProcess(home)
    let run = try await home.wh("-c", OneWebhook.example, environment: sandbox.environment)
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(run.output.contains("https://example.com/webhook"))
    sandbox.child.signal(signal)
    let ended = try await sandbox.child.finished()
    #expect(ended.exit == 0, "\(ended.testDescription)")
    #expect(ended.error.isEmpty, "\(ended.testDescription)")
    let gone = try await home.wh("-c", "show apps", environment: sandbox.environment)
    #expect(gone.exit == 69, "\(gone.testDescription)")
  }

  @Test("It keeps changes until it is reset")
  func reset() async throws {
    let home = try Home()
    let show = "use app my-app; webhook *; show"
    let fresh = try await home.wh("--sandbox", "-c", show)
    #expect(try await home.wh("--sandbox", "-c", OneWebhook.example).exit == 0)
    let changed = try await home.wh("--sandbox", "-c", show)
    #expect(changed.output != fresh.output)
    #expect(changed.output.contains("https://example.com/webhook"))
    #expect(try home.mode("data/wh/sandbox.sqlite") == 0o600)

    let sandbox = try await SandboxProcess(home)
    let seen = try await home.wh("-c", show, environment: sandbox.environment)
    #expect(seen.output == changed.output, "a process serves the same data")
    sandbox.child.signal(SIGTERM)
    _ = try await sandbox.child.finished()

    let reset = try await home.wh("sandbox", "reset")
    #expect(reset.exit == 0 && reset.error.isEmpty, "\(reset.testDescription)")
    #expect(try await home.wh("--sandbox", "-c", show).output == fresh.output)
  }

  @Test("Its data may be kept in another file, and only there")
  func dataFile() async throws {
    let home = try Home()
    let sandbox = try await SandboxProcess(home, "--data", "own.sqlite", "--apps", "2", "--webhooks-per-app", "5")
    let run = try await home.wh("-c", "use app *; show webhooks", environment: sandbox.environment)
    #expect(run.output.contains("10 webhooks"), "\(run.testDescription)")
    sandbox.child.signal(SIGTERM)
    #expect(try await sandbox.child.finished().exit == 0)
    #expect(FileManager.default.fileExists(atPath: home.path("work/own.sqlite")))
    #expect(home.files.isEmpty)
  }

  @Test("An unknown key is refused")
  func keys() async throws {
    let home = try Home()
    let sandbox = try await SandboxProcess(home, "--key", "sk_admin_only_this_one")
    #expect(sandbox.key == "sk_admin_only_this_one")
    #expect(try await home.wh("-c", "show apps", environment: sandbox.environment).exit == 0)
    let refused = try await home.wh(
      "-c", "show apps", environment: sandbox.environment.merging(["WH_API_KEY": "sk_admin_other"]) { $1 })
    #expect(refused.exit == 77, "\(refused.testDescription)")
  }

  @Test(
    "A port in use, and a data file that can't be created, are reported",
    arguments: [
      (["--port", "PORT"], 1), (["--data", "/dev/null/none.sqlite"], 66), (["--port", "99999"], 64),
      (["--fault", "nonsense=1"], 64), (["--rate-limit", "0"], 64),
    ] as [([String], Int32)])
  func refused(arguments: [String], code: Int32) async throws {
    let home = try Home()
    let taken = try FakeService { _ in .silence }
    let run = try await home.wh(["sandbox"] + arguments.map { $0 == "PORT" ? String(taken.port) : $0 })
    #expect(run.exit == code, "\(run.testDescription)")
    #expect(run.output.isEmpty && !run.error.isEmpty, "\(run.testDescription)")
  }
}
