import Foundation
import Testing
import WhTestSupport

@Suite("R10: the forms of the service")
struct FaultsR10 {
  private static let script = """
    use app my-app
    webhook where event ~ MESSAGE_*
    rename event MESSAGE_CREATED to messages.sms.received, MESSAGE_SENT to messages.sms.sent, \
    MESSAGE_DELIVERED to messages.sms.delivered
    replace host old.example.com with hooks.example.com
    commit
    expect not event ~ MESSAGE_* and not host = old.example.com
    create webhook https://hooks.example.com/calls events calls.initiated unless url = https://hooks.example.com/calls
    commit
    webhook where url = https://hooks.example.com/my-app/inbound
    delete webhook
    commit
    webhook *
    expect 3
    """

  @Test(
    "R10: a migration runs against each of them, and a second run finds nothing to do",
    arguments: [
      "", "--no-error-codes", "--error-shape string", "--error-shape object", "--delete-answer message",
      "--delete-answer noContent", "--delete-answer empty", "--enum current", "--enum both", "--enum any",
      "--rate-limit documented", "--rate-limit 100/1 --rate-limit apps=50/1", "--error-shape string --no-error-codes",
    ])
  func migration(options: String) async throws {
    let home = try Home()
    let sandbox = try await SandboxProcess(home, options.split(separator: " ").map(String.init))
    try home.write("migration.wh", Self.script)
    let first = try await home.wh("run", "migration.wh", "--yes", environment: sandbox.environment)
    #expect(first.exit == 0, "\(first.testDescription)")
    #expect(first.output.contains("3 updated") && first.output.contains("1 created"), "\(first.testDescription)")
    #expect(first.output.contains("1 deleted"), "\(first.testDescription)")
    let second = try await home.wh("plan", "migration.wh", "--exit-code", environment: sandbox.environment)
    #expect(second.exit == 0, "\(second.testDescription)")
    // What is refused is reported in the service's words, whatever the shape.
    let refused = try await home.wh(
      "-c", "use app my-app; webhook *; add event NO_SUCH_EVENT; commit", environment: sandbox.environment)
    if options != "--enum any" {
      #expect(refused.exit == 1, "\(refused.testDescription)")
      #expect(refused.output.contains("Unknown event: NO_SUCH_EVENT"), "\(refused.testDescription)")
    }
    let missing = try await home.wh("-c", "use app my-app; webhook nope", environment: sandbox.environment)
    #expect(missing.error.contains("error[unknown-webhook]"), "\(missing.testDescription)")
    sandbox.child.signal(SIGTERM)
    #expect(try await sandbox.child.finished().exit == 0)
  }

  @Test("R10: with the newer names alone, a list that keeps an old name is refused whole, and so is an undo")
  func currentEnum() async throws {
    let home = try Home()
    let sandbox = try await SandboxProcess(home, ["--enum", "current"])
    let half = try await home.wh(
      "-c", "use app my-app; webhook a0*; rename event MESSAGE_CREATED to messages.sms.received; commit",
      environment: sandbox.environment)
    #expect(half.exit == 1 && half.output.contains("Unknown event: MESSAGE_DELIVERED"), "\(half.testDescription)")
    let whole = try await home.wh(
      "-c", "use app my-app; webhook a0*; set events messages.sms.received; commit", environment: sandbox.environment)
    #expect(whole.exit == 0, "\(whole.testDescription)")
    let undo = try await home.wh("-c", "undo; commit", environment: sandbox.environment)
    #expect(undo.exit == 1 && undo.output.contains("Unknown event: MESSAGE_"), "\(undo.testDescription)")
  }

  @Test("R10: a test key works on its test app alone")
  func testKey() async throws {
    let home = try Home()
    let sandbox = try await SandboxProcess(home)
    let test = sandbox.environment.merging(["WH_API_KEY": "sk_test_app_my-app"]) { $1 }
    let created = try await home.wh(
      "-c", "create webhook https://test.example.com/a events messages.sms.sent; commit; webhook *; expect 1",
      environment: test)
    #expect(created.exit == 0, "\(created.testDescription)")
    let live = try await home.wh(
      "-c", "webhook *; expect 3; expect not host = test.example.com",
      environment: sandbox.environment.merging(["WH_API_KEY": "sk_live_app_my-app"]) { $1 })
    #expect(live.exit == 0, "\(live.testDescription)")
  }

  @Test(
    "R10: options that mean nothing are refused",
    arguments: [
      ["--error-shape", "xml"], ["--delete-answer", "204"], ["--enum", "old"], ["--rate-limit", "sms=1"],
      ["--rate-limit", "apps="], ["--rate-limit", "apps=0"], ["--rate-limit", "5/999999"],
    ])
  func refused(arguments: [String]) async throws {
    let home = try Home()
    let run = try await home.wh(["sandbox"] + arguments)
    #expect(run.exit == 64 && !run.error.isEmpty, "\(run.testDescription)")
  }
}
