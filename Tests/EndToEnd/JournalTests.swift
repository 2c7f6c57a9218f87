import Foundation
import Testing
import WhTestSupport

@Suite("The journal: resume, undo, runs, one writer at a time")
struct JournalTests {
  private static func updates(_ server: FakeService) -> [String] {
    server.requests.filter { $0.method == "PUT" }.map { String($0.path.split(separator: "/").last ?? "") }
  }

  @Test("A run that was killed is finished by `resume`, each webhook once")
  func killed() async throws {
    let gate = Gate()
    defer { gate.open() }
    let home = try Home()
    // It has done the first update, the second one is lost on the way.
    let (before, after) = (ManyWebhooks(count: 4), ManyWebhooks(count: 4, updated: [1]))
    let first = try FakeService { request in
      guard request.method == "PUT" else { return gate.isReached ? after.answer(request) : before.answer(request) }
      guard request.path.hasSuffix("whk_2"), !gate.isOpen else { return before.answer(request) }
      gate.pass()
      return .silence
    }
    let child = try WhChild(
      home, ["--jobs", "1", "-c", ManyWebhooks.script], environment: WhRun.environment(first))
    try await gate.reached()
    child.signal(SIGKILL)
    #expect(try await child.finished().exit == 128 + SIGKILL)
    #expect(try home.mode("state/wh/journal.sqlite") == 0o600)

    let listed = try await home.wh("runs", environment: WhRun.environment(first))
    #expect(listed.exit == 0 && listed.output.contains("default"), "\(listed.testDescription)")
    gate.open()
    let count = first.requests.count
    let resumed = try await home.wh("resume", "--verbose", environment: WhRun.environment(first))
    #expect(resumed.exit == 0, "\(resumed.testDescription)")
    let later = first.requests[count...].filter { $0.method == "PUT" }.map(\.path).sorted()
    #expect(
      later == [2, 3, 4].map { "/v1/organization/apps/\(ManyWebhooks.app)/webhooks/whk_\($0)" },
      "\(resumed.testDescription)")
    let again = try await home.wh("resume", environment: WhRun.environment(first))
    #expect(again.exit == 0 && again.error.contains("nothing to resume"), "\(again.testDescription)")
  }

  @Test("Two processes of one profile do not write at once")
  func locked() async throws {
    let gate = Gate()
    let home = try Home()
    let service = ManyWebhooks(count: 2)
    let server = try FakeService { request in
      if request.method == "PUT" { gate.pass() }
      return service.answer(request)
    }
    let child = try WhChild(home, ["-c", ManyWebhooks.script], environment: WhRun.environment(server))
    try await gate.reached()
    let second = try await home.whAtOnce(["-c", ManyWebhooks.script], environment: WhRun.environment(server))
    #expect(second.exit == 73, "\(second.testDescription)")
    #expect(second.error.contains("error[locked]"), "\(second.testDescription)")
    let plan = try await home.whAtOnce(
      ["plan", "-"], environment: WhRun.environment(server), input: ManyWebhooks.script)
    #expect(plan.exit == 0, "a plan writes nothing: \(plan.testDescription)")
    gate.open()
    let run = try await child.finished()
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(run.output.contains("committed: 2 updated"), "\(run.testDescription)")
  }

  @Test("Undo reverts a run, and can itself be undone")
  func undo() async throws {
    let home = try Home()
    let show = ["--sandbox", "--output", "json", "-c", "use app *; show webhooks"]
    func state() async throws -> String {
      try await home.wh(show).output.replacing(#/"updatedAt":"[^"]*"/#, with: "")
    }
    let before = try await state()
    try home.write("farther.wh", MigrationTests.script)
    #expect(try await home.wh("run", "--sandbox", "farther.wh").exit == 0)
    let after = try await state()
    #expect(after != before)
    let undone = try await home.wh("--sandbox", "-c", "undo; commit")
    #expect(undone.exit == 0, "\(undone.testDescription)")
    #expect(try await state() == before)
    let redone = try await home.wh("--sandbox", "-c", "undo; commit")
    #expect(redone.exit == 0, "\(redone.testDescription)")
    #expect(try await state() == after)
    let first = try await home.wh("--sandbox", "-c", "undo 1; commit")
    #expect(first.exit == 0, "\(first.testDescription)")
    #expect(try await state() == before)
    let runs = try await home.wh("--sandbox", "--output", "json", "-c", "show runs")
    #expect(try runs.objects.count == 4, "\(runs.testDescription)")
  }

  @Test("Runs are listed, shown and pruned by profile")
  func profiles() async throws {
    let home = try Home()
    let server = try OneWebhook().serve()
    let environment = WhRun.environment(server)
    #expect(try await home.wh("-c", OneWebhook.example, environment: environment).exit == 0)
    let sandbox = try await home.wh(
      "--sandbox", "-c", "use app my-app; webhook *; add event messages.sms.failed; commit")
    #expect(sandbox.exit == 0, "\(sandbox.testDescription)")
    for (arguments, numbers) in [
      ([], [2, 1]), (["--profile", "default"], [1]), (["--sandbox"], [2]), (["--profile", "nosuch"], []),
    ] as [([String], [Int])] {
      let runs = try await home.wh(["runs", "--output", "json"] + arguments)
      #expect(try runs.objects.map { $0["run"] as? Int } == numbers, "\(runs.testDescription)")
    }
    let other = try await home.wh("runs", "2", "--profile", "default")
    #expect(other.exit == 1 && other.error.contains("run 2 was made with profile sandbox"), "\(other.testDescription)")
    let pruned = try await home.wh("runs", "prune", "--older-than", "0s", "--profile", "default")
    #expect(pruned.exit == 0 && pruned.output == "removed 1 run\n", "\(pruned.testDescription)")
    let rest = try await home.wh("runs", "--output", "json")
    #expect(try rest.objects.map { $0["run"] as? Int } == [2], "\(rest.testDescription)")
  }

  @Test("A commit that can't be journalled sends nothing", arguments: ["folder", "garbage"])
  func unwritable(kind: String) async throws {
    let home = try Home()
    if kind == "folder" {
      try home.makeFolder("state/wh/journal.sqlite")
    } else {
      try home.makeFolder("state/wh")
      try Data("this is not a database, and long enough to be one".utf8)
        .write(to: URL(fileURLWithPath: home.path("state/wh/journal.sqlite")))
    }
    let server = try OneWebhook().serve()
    let run = try await home.wh("-c", OneWebhook.example, environment: WhRun.environment(server))
    #expect(run.exit != 0, "\(run.testDescription)")
    #expect(run.error.contains("error["), "\(run.testDescription)")
    #expect(Self.updates(server).isEmpty)
  }
}
