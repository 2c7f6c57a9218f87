import Foundation
import Testing
import WhTestSupport

@Suite("A plan that is reviewed and applied")
struct ApplyTests {
  private let home: Home

  init() throws {
    home = try Home()
  }

  @Test("What was changed in between is one conflict, and all else is done exactly as planned")
  func review() async throws {
    let service = ManyApps(300)
    let server = try FakeService(service.answer)
    let environment = WhRun.environment(server)
    try home.write("move.wh", "use app *\nwebhook *\nreplace url example.com/ with example.com/moved-\ncommit\n")
    let planned = try await home.wh("plan", "move.wh", "--out", "plan.json", "--exit-code", environment: environment)
    #expect(planned.exit == 10 && service.writes == 0, "\(planned.testDescription)")
    let change = "use app app_7; webhook whk_7_1; set url https://example.com/by-others; commit"
    let other = try await home.wh("-c", change, environment: environment)
    #expect(other.exit == 0, "\(other.testDescription)")
    let applied = try await home.wh("apply", "plan.json", environment: environment)
    #expect(applied.exit == 1, "\(applied.testDescription)")
    #expect(
      applied.output.contains("899 updated") && applied.output.contains("1 conflict"), "\(applied.testDescription)")
    #expect(
      applied.output.contains("https://example.com/1") && applied.output.contains("https://example.com/by-others"),
      "both sides: \(applied.testDescription)")
    #expect(applied.error.contains("a new plan reads the webhooks again"), "\(applied.testDescription)")
    #expect(service.writes == 900)
    for (id, url) in service.urls {
      #expect(url == "https://example.com/" + (id == "whk_7_1" ? "by-others" : "moved-\(id.suffix(1))"))
    }
    let again = try await home.wh("apply", "plan.json", environment: environment)
    #expect(again.exit == 1 && service.writes == 900, "\(again.testDescription)")
    let undone = try await home.wh("-c", "undo 2; commit", environment: environment)
    #expect(undone.exit == 0 && service.urls["whk_8_1"] == "https://example.com/1", "\(undone.testDescription)")
  }

  @Test("Secrets are not in the plan, and are given again")
  func secrets() async throws {
    let sandbox = try await SandboxProcess(home)
    let environment = sandbox.environment.merging(["HOOK_TOKEN": "first-canary-value"]) { $1 }
    let show = ["--output", "json", "-c", "use app *; webhook *; show"]
    let set = "use app *; webhook *; set header X-Token \"Bearer ${HOOK_TOKEN}\"; commit"
    let first = try await home.wh("-c", set, "--var-env", "HOOK_TOKEN", environment: environment)
    #expect(first.exit == 0, "\(first.testDescription)")
    let second = sandbox.environment.merging(["HOOK_TOKEN": "second-canary-value"]) { $1 }
    try home.write("rotate.wh", set + "\n")
    let planned = try await home.wh(
      "plan", "rotate.wh", "--var-env", "HOOK_TOKEN", "--out", "plan.json", environment: second)
    #expect(planned.exit == 0 && planned.error.contains("give header X-Token of"), "\(planned.testDescription)")
    let text = try home.text("work/plan.json")
    #expect(!text.contains("canary") && text.contains("Bearer ") && text.contains("HOOK_TOKEN"))
    let before = try await home.wh(show, environment: sandbox.environment).output
    let missing = try await home.wh("apply", "plan.json", environment: sandbox.environment)
    #expect(missing.exit == 1 && missing.error.contains("(variable HOOK_TOKEN)"), "\(missing.testDescription)")
    let wrong = try await home.wh("apply", "plan.json", "--var-env", "HOOK_TOKEN", environment: environment)
    #expect(wrong.exit == 1 && wrong.error.contains("missing"), "\(wrong.testDescription)")
    #expect(try await home.wh(show, environment: sandbox.environment).output == before)
    let applied = try await home.wh("apply", "plan.json", "--var-env", "HOOK_TOKEN", environment: second)
    #expect(applied.exit == 0 && !(applied.output + applied.error).contains("canary"), "\(applied.testDescription)")
    let nothing = try await home.wh(
      "plan", "rotate.wh", "--var-env", "HOOK_TOKEN", "--exit-code", environment: second)
    #expect(nothing.exit == 0, "all have the second value: \(nothing.testDescription)")
  }

  @Test("The plan of another profile, server or script is refused, and so is what is not a plan")
  func refused() async throws {
    let service = ManyApps(2)
    let (server, elsewhere) = (try FakeService(service.answer), try FakeService(service.answer))
    let environment = WhRun.environment(server)
    try home.write("move.wh", "use app *\nwebhook *\nreplace url example.com/ with example.com/moved-\ncommit\n")
    let planned = try await home.wh("plan", "move.wh", "--out", "plan.json", environment: environment)
    #expect(planned.exit == 0, "\(planned.testDescription)")
    let text = try home.text("work/plan.json")
    try home.write("newer.json", text.replacing(#""version":1"#, with: #""version":9"#))
    try home.write("other.json", text.replacing(#""profile":"default""#, with: #""profile":"prod""#))
    try home.write("broken.json", String(text.dropLast(20)))
    for (arguments, environment, exit, words) in [
      (["plan.json"], WhRun.environment(elsewhere), 65, "the plan is for profile default on \(server.url)"),
      (["other.json"], environment, 65, "the plan is for profile prod"),
      (["newer.json"], environment, 65, "is a plan of version 9"),
      (["broken.json"], environment, 65, "is not a plan"),
      (["move.wh"], environment, 65, "is not a plan"),
      (["missing.json"], environment, 66, "can't be read"),
    ] as [([String], [String: String], Int32, String)] {
      let run = try await home.wh(["apply"] + arguments, environment: environment)
      #expect(run.exit == exit && run.error.contains(words), "\(run.testDescription)")
    }
    try home.write("move.wh", "use app *\nwebhook *\nreplace url example.com/ with example.com/edited-\ncommit\n")
    let edited = try await home.wh("apply", "plan.json", environment: environment)
    #expect(edited.exit == 65 && edited.error.contains("was edited since"), "\(edited.testDescription)")
    #expect(service.writes == 0)
  }

  @Test(
    "A plan of which a script was edited is refused, also one that is included; one that is not there is not looked at")
  func edited() async throws {
    let service = ManyApps(2)
    let server = try FakeService(service.answer)
    let environment = WhRun.environment(server)
    let scripts = [
      "main.wh": "use app *\nlet part = deep\nsource \"parts/one.wh\"\ncommit\n",
      "parts/one.wh": "webhook *\nsource \"${part}.wh\"\nsource \"${part}.wh\"\n",
      "parts/deep.wh": "replace url example.com/ with example.com/moved-\n",
      "again.wh": "source \"parts/deep.wh\"\nrollback\n",
    ]
    for (name, text) in scripts { try home.write(name, text) }
    let planned = try await home.wh("plan", "main.wh", "again.wh", "--out", "plan.json", environment: environment)
    #expect(planned.exit == 0, "\(planned.testDescription)")
    for (name, text) in scripts {
      #expect(try home.text("work/plan.json").components(separatedBy: "\"name\":\"\(name)\"").count == 2)
      try home.write(name, text + "# edited\n")
      let refused = try await home.wh("apply", "plan.json", environment: environment)
      #expect(
        refused.exit == 65 && refused.error.contains("`\(name)` was edited since"), "\(refused.testDescription)")
      // As another editor or checkout writes it, which is nothing that a reader sees.
      try home.write(name, "\u{FEFF}" + text.replacing("\n", with: "\r\n"))
    }
    #expect(service.writes == 0)
    try FileManager.default.removeItem(atPath: home.path("work/parts"))
    let applied = try await home.wh("apply", "plan.json", environment: environment)
    #expect(applied.exit == 0 && service.writes == 6, "\(applied.testDescription)")
  }

  @Test("Deletions are confirmed, and a creation is sent once however often the plan is applied")
  func creations() async throws {
    let sandbox = try await SandboxProcess(home)
    let environment = sandbox.environment
    try home.write(
      "both.wh",
      "use app * limit 1\ncreate webhook https://created.example.com events MESSAGE_SENT\nwebhook * limit 1\ndelete webhook\ncommit\n"
    )
    let planned = try await home.wh("plan", "both.wh", "--out", "plan.json", environment: environment)
    #expect(planned.exit == 0, "\(planned.testDescription)")
    let unconfirmed = try await home.wh("apply", "plan.json", environment: environment)
    #expect(unconfirmed.exit == 1 && unconfirmed.error.contains("--yes"), "\(unconfirmed.testDescription)")
    let applied = try await home.wh("apply", "plan.json", "--yes", environment: environment)
    #expect(applied.exit == 0 && applied.output.contains("1 created, 1 deleted"), "\(applied.testDescription)")
    let again = try await home.wh("apply", "plan.json", "--yes", environment: environment)
    #expect(again.exit == 1 && again.output.contains("1 conflict"), "\(again.testDescription)")
    let count = try await home.wh(
      "-c", "use app *; webhook where url = https://created.example.com; expect 1", environment: environment)
    #expect(count.exit == 0, "\(count.testDescription)")
  }

  @Test("A plan that was stopped part-way is finished by `resume`")
  func stopped() async throws {
    let service = ManyApps(12)
    let server = try FakeService(service.answer)
    let environment = WhRun.environment(server)
    try home.write("move.wh", "use app *\nwebhook *\nreplace url example.com/ with example.com/moved-\ncommit\n")
    _ = try await home.wh("plan", "move.wh", "--out", "plan.json", environment: environment)
    let gate = service.hold(10)
    let child = try WhChild(home, ["apply", "plan.json"], environment: environment)
    try await gate.reached()
    child.signal(SIGKILL)
    gate.open()
    _ = try await child.finished()
    try await server.drained()
    let resumed = try await home.wh("resume", environment: environment)
    #expect(resumed.exit == 0, "\(resumed.testDescription)")
    #expect(service.urls.allSatisfy { $1.hasPrefix("https://example.com/moved-") && !$1.contains("moved-moved-") })
  }
}
