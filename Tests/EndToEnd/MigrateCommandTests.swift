import Foundation
import Testing
import WhTestSupport

@Suite("`wh migrate`")
struct MigrateCommandTests {
  private let home: Home
  private let service = ManyApps(3)
  private let server: FakeService

  init() throws {
    home = try Home()
    server = try FakeService(service.answer)
  }

  private func migrate(_ arguments: String...) async throws -> WhRun {
    try await home.wh(["migrate"] + arguments, environment: WhRun.environment(server))
  }

  private static let script = "use app *\nwebhook *\nreplace url example.com/ with example.com/x-\ncommit\n"

  @Test("A new script comes with the id of the folder, and moves with it")
  func moved() async throws {
    let new = try await migrate("new", "Move hooks", "a/m")
    #expect(new.exit == 0 && new.output == "a/m/0001-move-hooks.wh\n", "\(new.testDescription)")
    let identity = try home.text("work/a/m/.wh-migrations")
    #expect(identity.split(separator: "\n").last?.wholeMatch(of: /[0-9a-f]{32}/) != nil, "\(identity)")
    try home.write("a/m/0001-move-hooks.wh", Self.script)
    #expect(try await migrate("up", "a/m").exit == 0)
    let writes = service.writes
    try FileManager.default.moveItem(atPath: home.path("work/a"), toPath: home.path("work/b"))
    let up = try await migrate("up", "b/m")
    #expect(up.exit == 0 && up.output == "nothing pending\n", "\(up.testDescription)")
    #expect(service.writes == writes)
    #expect(try await migrate("new", "next", "b/m").output == "b/m/0002-next.wh\n")
    #expect(try home.text("work/b/m/.wh-migrations") == identity)
  }

  @Test("The first `up` creates a missing id of the folder, and says so")
  func identified() async throws {
    try home.write("m/1.wh", Self.script)
    let status = try await migrate("status", "m")
    #expect(status.exit == 0, "\(status.testDescription)")
    #expect(!home.workFiles.contains { $0.hasPrefix(".wh") })
    #expect(!home.files.contains { $0.hasSuffix("journal.sqlite") }, "who only looks writes nothing")
    let up = try await migrate("up", "m/")
    #expect(up.exit == 0, "\(up.testDescription)")
    #expect(up.error.contains("note: wrote m/.wh-migrations; commit it with the scripts\n"), "\(up.testDescription)")
    try home.write("m/.wh-migrations", "nonsense\n")
    let damaged = try await migrate("up", "m")
    #expect(damaged.exit == 66 && damaged.error.contains("contains `nonsense`"), "\(damaged.testDescription)")
  }

  @Test("The plan of a folder sends nothing, and its exit code says whether there is something to do")
  func plan() async throws {
    try home.write("m/1.wh", Self.script)
    try home.write("m/2.wh", "use app *\nwebhook where url ~ *x-*\nreplace url x- with y-\ncommit\nexpect url ~ *y-*\n")
    for (arguments, code) in [([], 0), (["--exit-code"], 10)] as [([String], Int32)] {
      let plan = try await home.wh(["migrate", "plan", "m"] + arguments, environment: WhRun.environment(server))
      #expect(plan.exit == code, "\(plan.testDescription)")
      #expect(plan.output.contains("1.wh: applying") && plan.output.contains("2.wh: applying"))
      // Both scripts write each webhook.
      #expect(plan.output.contains("\(2 * 3 * ManyApps.webhooksPerApp) writes"), "\(plan.testDescription)")
    }
    #expect(service.writes == 0)
    #expect(!home.files.contains { $0.hasSuffix("journal.sqlite") })
    #expect(try await migrate("up", "m").exit == 0)
    let nothing = try await migrate("plan", "m", "--exit-code")
    #expect(nothing.exit == 0 && nothing.output.contains("nothing pending"), "\(nothing.testDescription)")
  }

  @Test("The plan of a folder is kept, applied as it is, and recorded")
  func kept() async throws {
    try home.write("m/1.wh", Self.script)
    try home.write(
      "m/2.wh", "use app *\nwebhook where url ~ *x-*\nsource \"parts/edit.wh\"\ncommit\nwebhook *\nexpect url ~ *y-*\n")
    try home.write("m/parts/edit.wh", "replace url x- with y-\n")
    let planned = try await migrate("plan", "m", "--out", "plan.json", "--exit-code")
    #expect(planned.exit == 10 && planned.error.contains("wrote m/.wh-migrations"), "\(planned.testDescription)")
    try home.write("m/parts/edit.wh", "replace url x- with z-\n")
    func apply() async throws -> WhRun {
      try await home.wh("apply", "plan.json", environment: WhRun.environment(server))
    }
    let edited = try await apply()
    #expect(edited.exit == 65 && edited.error.contains("`m/parts/edit.wh` was edited"), "\(edited.testDescription)")
    try home.write("m/parts/edit.wh", "replace url x- with y-\n")
    let applied = try await apply()
    #expect(applied.exit == 0 && applied.output.contains("9 updated"), "\(applied.testDescription)")
    #expect(applied.output.contains("1.wh: applied to 3 apps") && applied.output.contains("2.wh: applied to 3 apps"))
    #expect(service.writes == 9 && service.urls.allSatisfy { $1.hasPrefix("https://example.com/y-") })
    let up = try await migrate("up", "m")
    #expect(up.exit == 0 && up.output == "nothing pending\n", "\(up.testDescription)")
    let verified = try await migrate("verify", "m")
    #expect(verified.exit == 0 && service.writes == 9, "\(verified.testDescription)")
    let nothing = try await migrate("plan", "m", "--out", "plan.json", "--exit-code")
    #expect(nothing.exit == 0, "\(nothing.testDescription)")
    let none = try await apply()
    #expect(none.exit == 0 && service.writes == 9, "\(none.testDescription)")
  }

  @Test(
    "M5: the exit code of the status says what is pending and what was edited, and a selection that fails hides no script"
  )
  func status() async throws {
    try home.write("m/1.wh", Self.script)
    for (arguments, code) in [([], 0), (["--exit-code"], 10)] as [([String], Int32)] {
      let status = try await home.wh(["migrate", "status", "m"] + arguments, environment: WhRun.environment(server))
      #expect(status.exit == code && status.output.contains("pending"), "\(status.testDescription)")
    }
    #expect(try await migrate("up", "m").exit == 0)
    #expect(try await migrate("status", "m", "--exit-code").exit == 0)
    try home.write("m/2.wh", "use app nosuch\n")
    for form in ["text", "json"] {
      let status = try await migrate("status", "m", "--exit-code", "--output", form)
      #expect(status.exit == 1 && status.error.contains("error[unknown-app]"), "\(status.testDescription)")
      for part in form == "text" ? ["1.wh", "applied", "others unknown"] : [#""waiting":0"#, #""waiting":null"#] {
        #expect(status.output.contains(part), "\(status.testDescription)")
      }
    }
    try FileManager.default.removeItem(atPath: home.path("work/m/2.wh"))
    try home.write("m/1.wh", Self.script + "#\n")
    for (arguments, code) in [([], 0), (["--exit-code"], 1)] as [([String], Int32)] {
      let status = try await home.wh(["migrate", "status", "m"] + arguments, environment: WhRun.environment(server))
      #expect(status.exit == code && status.output.contains("edited"), "\(status.testDescription)")
    }
  }

  @Test("An error is one JSON object with --output json")
  func json() async throws {
    try home.write("m/1.wh", Self.script)
    #expect(try await migrate("up", "m").exit == 0)
    try home.write("m/1.wh", Self.script + "#\n")
    let refused = try await migrate("up", "m", "--output", "json")
    #expect(refused.exit == 1)
    #expect(try refused.objects.map { $0["code"] as? String } == ["edited-script"], "\(refused.testDescription)")
  }

  @Test("Verifying nothing is not success; applied scripts are verified without a transcript")
  func verify() async throws {
    try home.write("m/1.wh", Self.script)
    let nothing = try await migrate("verify", "m")
    #expect(nothing.exit == 1 && nothing.error.contains("error[nothing-verified]"), "\(nothing.testDescription)")
    try home.write("m/1.wh", "record \"kept.wh\"\n" + Self.script + "expect url ~ *x-*\nrecord stop\n")
    #expect(try await migrate("up", "m").exit == 0)
    try FileManager.default.removeItem(atPath: home.path("work/m/kept.wh"))
    let verified = try await migrate("verify", "m")
    #expect(verified.exit == 0 && verified.output.contains("1.wh: as expected"), "\(verified.testDescription)")
    #expect(!FileManager.default.fileExists(atPath: home.path("work/m/kept.wh")))
  }

  @Test("Files of editors and systems are not scripts, and a pipe with the name of a script is refused")
  func otherFiles() async throws {
    try home.write("m/1.wh", Self.script)
    for name in ["._1.wh", ".#2.wh", "notes.txt", "3.wh~"] { try home.write("m/" + name, "nonsense\n") }
    #expect(try await migrate("up", "m").exit == 0)
    try #require(mkfifo(home.path("work/m/4.wh"), 0o600) == 0)
    let refused = try await migrate("up", "m")
    #expect(refused.exit == 66 && refused.error.contains("is not a regular file"), "\(refused.testDescription)")
    #expect(try await migrate("up", "none").exit == 66)
  }

  @Test("The script that `new` creates verifies what it did")
  func template() async throws {
    #expect(try await home.wh("migrate", "new", "rename", "m").exit == 0)
    for command in ["up", "verify"] {
      let run = try await home.wh("migrate", command, "m", "--sandbox")
      #expect(run.exit == 0, "\(run.testDescription)")
      #expect(!run.error.contains("warning"), "\(run.testDescription)")
    }
  }
}
