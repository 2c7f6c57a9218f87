import Foundation
import Testing
import WhTestSupport

@Suite("H15: the sandbox as a process is never wedged")
struct FaultsH15 {
  @Test("H15: it answers and ends on a signal while clients send endless request lines", arguments: [SIGINT, SIGTERM])
  func wedge(signal: Int32) async throws {
    let home = try Home()
    let sandbox = try await SandboxProcess(home)
    let port = try #require(sandbox.url.split(separator: ":").last.flatMap { UInt16($0) })
    let first = (0..<4).map { _ in EndlessClient(port: port, start: "GET /", piece: "a") }
    let run = try await home.wh("-c", OneWebhook.example, environment: sandbox.environment)
    #expect(run.exit == 0, "\(run.testDescription)")
    let second = (0..<4).map { _ in EndlessClient(port: port, start: "GET /", piece: "a") }
    sandbox.child.signal(signal)
    let ended = try await sandbox.child.finished()
    #expect(ended.exit == 0, "\(ended.testDescription)")
    for client in first + second { try await client.end() }
  }

  @Test(
    "H15: numbers that it can't serve are refused",
    arguments: [
      ["--apps", "9223372036854775807"], ["--apps", "-1"], ["--apps", "100001"],
      ["--apps", "1", "--webhooks-per-app", "9223372036854775807"], ["--apps", "1", "--webhooks-per-app", "-1"],
      ["--latency", "9223372036854775807"], ["--jitter", "-1"], ["--stall-seconds", "nan"],
      ["--rate-limit", "9223372036854775807"],
    ])
  func numbers(arguments: [String]) async throws {
    let home = try Home()
    let run = try await home.wh(["sandbox", "--port", "0", "--data", "new.sqlite"] + arguments)
    #expect(run.exit == 64, "\(run.testDescription)")
    #expect(run.output.isEmpty && !run.error.isEmpty, "\(run.testDescription)")
    #expect(home.workFiles.isEmpty)
  }
}
