import Foundation
import Testing
import WhTestSupport

@Suite("H16: Ctrl-\\ ends the tool as it ends others, and nothing is lost")
struct FaultsH16 {
  @Test("H16: in a commit there is no crash report, the journal is intact, and the run can be finished")
  func quit() async throws {
    let (gate, service) = (Gate(), ManyWebhooks(count: 6))
    defer { gate.open() }
    let server = try FakeService.scripted { request in
      let isHeld = request.method == "PUT" && request.path.hasSuffix("whk_3")
      return (isHeld ? [.wait(gate)] : []) + [.answer(service.answer(request))]
    }
    let home = try Home()
    // With the runtime's own way with signals, which other tests turn off.
    let environment = WhRun.environment(server).merging(["SWIFT_BACKTRACE": "enable=yes"]) { $1 }
    let child = try WhChild(home, ["--jobs", "1", "-c", ManyWebhooks.script], environment: environment)
    try await gate.reached()
    child.signal(SIGQUIT)
    let run = try await child.finished()
    #expect(run.exit == 128 + SIGQUIT && run.output.isEmpty, "\(run.testDescription)")
    // On a slow machine the silence of the server is told.
    let lines = run.error.split(separator: "\n")
    #expect(lines.allSatisfy { $0.hasPrefix("note: no response yet") }, "\(run.testDescription)")
    gate.open()
    try await server.drained()
    #expect(try await home.wh("runs", "check").exit == 0)
    let resumed = try await home.wh("resume", environment: environment)
    #expect(resumed.exit == 0, "\(resumed.testDescription)")
    let sent = Set(server.requests.filter { $0.method == "PUT" }.map(\.path))
    #expect(sent.count == 6)
  }
}
