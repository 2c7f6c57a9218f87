import Foundation
import Testing
import WhTestSupport

@Suite("Runs in progress and killed runs")
struct UnfinishedRunTests {
  private static let count = 40

  /// A server that holds the answer to one update back.
  private static func serve(_ gate: Gate) throws -> FakeService {
    var webhooks = ManyWebhooks(count: count)
    webhooks.update = { number in
      if number == 20 { gate.pass() }
      return nil
    }
    return try webhooks.serve()
  }

  private static func writes(_ server: FakeService) -> Int { server.requests.count { $0.method != "GET" } }

  @Test("A second commit while one runs is refused, and the error says who holds the lock")
  func locked() async throws {
    let (home, gate) = (try Home(), Gate())
    let server = try Self.serve(gate)
    let environment = WhRun.environment(server)
    let first = try WhChild(home, ["-c", ManyWebhooks.script], environment: environment)
    try await gate.reached()

    let second = try await home.wh("-c", ManyWebhooks.script, environment: environment)
    #expect(second.exit == 73, "\(second.testDescription)")
    let said = try #require(
      second.error.firstMatch(of: /process (\d+) of (\S+), since (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)/),
      "\(second.testDescription)")
    #expect(Int32(said.1) == first.processID && String(said.2) == NSUserName())
    #expect(second.error.contains("error[locked]") && second.error.contains("nothing was sent"))
    #expect(!second.error.contains("was not finished"), "it still runs\n\(second.testDescription)")
    let runs = try await home.wh("runs", environment: environment)
    #expect(runs.output.contains("running"), "\(runs.testDescription)")
    let abandoned = try await home.wh("runs", "abandon", "1")
    #expect(abandoned.exit == 73, "\(abandoned.testDescription)")
    #expect(abandoned.error.contains("run 1 is in progress: process \(first.processID)"))

    gate.open()
    let end = try await first.finished()
    #expect(end.exit == 0, "\(end.testDescription)")
    #expect(Self.writes(server) == Self.count, "the second sent nothing")
  }

  @Test("A run can be abandoned, and the next commit is not refused")
  func abandoned() async throws {
    let (home, gate) = (try Home(), Gate())
    let server = try Self.serve(gate)
    let environment = WhRun.environment(server)
    let first = try WhChild(home, ["--jobs", "1", "-c", ManyWebhooks.script], environment: environment)
    try await gate.reached()
    first.signal(SIGKILL)
    gate.open()
    #expect(try await first.finished().exit == 128 + SIGKILL)

    let other = try await home.wh("runs", "abandon", "1", "--profile", "other")
    #expect(other.exit == 1 && other.error.contains("was made with profile default"), "\(other.testDescription)")
    let abandoned = try await home.wh("runs", "abandon", "1")
    #expect(abandoned.exit == 0, "\(abandoned.testDescription)")
    let said = try #require(
      abandoned.output.firstMatch(of: /abandoned run 1: (\d+) webhooks left open \((\d+) unknown\)/),
      "\(abandoned.testDescription)")
    #expect(said.1 == said.2 && (Int(said.1) ?? 0) > 20)
    let again = try await home.wh("runs", "abandon", "1")
    #expect(again.exit == 0 && again.output == abandoned.output, "\(again.testDescription)")
    let nothing = try await home.wh("resume", environment: environment)
    #expect(nothing.exit == 0 && nothing.error.contains("nothing to resume"), "\(nothing.testDescription)")
    let next = try await home.wh("-c", ManyWebhooks.script, environment: environment)
    #expect(next.exit == 0 && next.output.contains("run 2"), "\(next.testDescription)")
    let finished = try await home.wh("runs", "abandon", "2")
    #expect(finished.exit == 0 && finished.output == "run 2 is finished: nothing to abandon\n")
    let missing = try await home.wh("runs", "abandon", "9")
    #expect(missing.exit == 1 && missing.error.contains("the journal has no run 9"), "\(missing.testDescription)")
  }

  @Test("A killed run is reported, kept, blocks other commits, and is finished by a resume")
  func killed() async throws {
    let (home, gate) = (try Home(), Gate())
    let server = try Self.serve(gate)
    let environment = WhRun.environment(server)
    let first = try WhChild(home, ["-c", ManyWebhooks.script], environment: environment)
    try await gate.reached()
    first.signal(SIGKILL)
    gate.open()
    #expect(try await first.finished().exit == 128 + SIGKILL)
    try await server.drained()

    let before = Self.writes(server)
    let refused = try await home.wh("-c", ManyWebhooks.script, environment: environment)
    #expect(refused.exit == 1, "\(refused.testDescription)")
    #expect(refused.error.contains("note: run 1 is unfinished"), "\(refused.testDescription)")
    #expect(refused.error.contains("error[unfinished-run]") && refused.error.contains("`wh resume`"))
    #expect(Self.writes(server) == before, "nothing was sent")

    let kept = try await home.wh("runs", "prune", "--older-than", "0s")
    #expect(kept.exit == 0 && kept.output == "removed 0 runs\n", "\(kept.testDescription)")
    let over = try await home.wh("-c", ManyWebhooks.script, "--ignore-unfinished", environment: environment)
    #expect(over.exit == 0 && over.output.contains("run 2"), "\(over.testDescription)")
    let pruned = try await home.wh("runs", "prune", "--older-than", "0s")
    #expect(pruned.output == "removed 1 run\n", "\(pruned.testDescription)")
    for arguments in [["runs"], ["-c", "show runs"]] {
      let runs = try await home.wh(arguments, environment: environment)
      #expect(runs.exit == 0 && runs.output.contains("interrupted"), "\(runs.testDescription)")
    }

    let resumed = try await home.wh("resume", environment: environment)
    #expect(resumed.exit == 0 && resumed.output.contains("(run 1)"), "\(resumed.testDescription)")
    let page = try await home.wh("runs", "1", environment: environment)
    #expect(page.output.contains("state      finished"), "\(page.testDescription)")
    #expect(page.output.contains("webhooks   \(Self.count) updated"), "\(page.testDescription)")
    let check = try await home.wh("runs", "check")
    #expect(check.exit == 0 && check.output == "the journal is ok\n", "\(check.testDescription)")
    let nothing = try await home.wh("resume", environment: environment)
    #expect(nothing.exit == 0 && nothing.error.contains("nothing to resume"), "\(nothing.testDescription)")
  }
}
