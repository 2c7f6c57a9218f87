import Foundation
import Testing
import WhTestSupport

@Suite("What can't be written or read is said, in every form")
struct FaultsO9 {
  /// Runs `wh` with its output on a disk that is full.
  private static func onFullDisk(_ home: Home, _ arguments: [String]) async throws -> WhRun {
    let command = ([BuiltProducts.path(of: "wh")] + arguments).map { "'\($0)'" }.joined(separator: " ")
    return try await ChildLimit.shared.with {
      try await WhChild(home, ["-c", "exec \(command) < a.wh > /dev/full"], executable: "/bin/sh").finished()
    }
  }

  private static let commands: [[String]] = [
    ["runs"], ["runs", "check"], ["runs", "prune", "--older-than", "1d"], ["profile", "list"],
    ["profile", "list", "--output", "json"], ["replay", "--sandbox", "t.wh"],
    ["replay", "--sandbox", "--check", "t.wh"],
    ["migrate", "new", "x", "m"], ["sandbox", "reset"], ["reference"], ["--help"], ["--version"],
    ["--sandbox", "-c", "echo hello"], ["check", "a.wh", "--report", "github=-"],
    ["migrate", "status", "s", "--sandbox"],
  ]

  @Test("O9: on a full disk a command fails and says so", arguments: commands)
  func fullDisk(arguments: [String]) async throws {
    let home = try Home()
    try home.write("a.wh", "echo hello\n")
    try home.write("s/0001-a.wh", "use app my-app\n")
    try home.write("t.wh", "#: wh transcript 1, 2026-11-24T16:00:00Z, sandbox\n#: mode batch\necho hello\n#> hello\n")
    let run = try await Self.onFullDisk(home, arguments)
    #expect(run.exit == 1 && run.error.contains("standard output can't be written"), "\(run.testDescription)")
  }

  @Test(
    "O9: only a form that may stand among results goes to standard output",
    arguments: ["junit", "json", "html", "markdown"])
  func dash(form: String) async throws {
    let home = try Home()
    let run = try await home.wh("--sandbox", "-c", "echo hello", "--report", "\(form)=-")
    #expect(run.exit == 64 && run.output.isEmpty && home.workFiles.isEmpty, "\(run.testDescription)")
  }

  @Test("O9: github=- follows the results, and is refused among lines of JSON")
  func github() async throws {
    let home = try Home()
    let run = try await home.wh("--sandbox", "-c", "echo hello", "--report", "github=-")
    #expect(run.exit == 0 && run.output.hasPrefix("hello\n::notice title=wh run -c::"), "\(run.testDescription)")
    let json = try await home.wh("--sandbox", "-c", "echo hello", "--report", "github=-", "--output", "json")
    #expect(json.exit == 64, "\(json.testDescription)")
    #expect(home.workFiles.isEmpty)
  }

  @Test("O9: reports are written where a script can't be read", arguments: ["run", "plan", "check"])
  func unreadable(command: String) async throws {
    let home = try Home()
    let run = try await home.wh(command, "no.wh", "--report", "junit=r.xml", "--report", "json=r.json")
    #expect(run.exit == 66 && run.error.contains("error[unreadable-file]"), "\(run.testDescription)")
    let junit = try JUnitReading(home.bytes("work/r.xml"))
    #expect(junit.suite["errors"] == "1" && junit.cases.first?.type == "unreadable-file")
  }

  @Test("O9: a migration whose folder can't be read is reported")
  func unreadableFolder() async throws {
    let home = try Home()
    let run = try await home.wh("migrate", "up", "no", "--sandbox", "--report", "junit=r.xml")
    #expect(run.exit == 66, "\(run.testDescription)")
    #expect(try JUnitReading(home.bytes("work/r.xml")).suite["errors"] == "1")
  }

  private static let failing: [[String]] = [
    ["run", "no.wh"], ["check", "no.wh"], ["runs", "7"], ["runs", "abandon", "7"], ["replay", "no.wh"],
    ["replay", "a.wh"], ["migrate", "status", "no"], ["run", "a.wh", "--transcript", "no/such/t.wh"],
    ["run", "a.wh", "--report", "json=no/such/r"], ["profile", "list"],
  ]

  @Test("O9: with --output json an error is a JSON object too", arguments: failing)
  func json(arguments: [String]) async throws {
    let home = try Home()
    try home.configure(arguments == ["profile", "list"] ? "no toml" : "")
    try home.write("a.wh", "echo hello\n")
    let run = try await home.wh(arguments + ["--output", "json"])
    #expect(run.exit != 0 && !run.error.isEmpty, "\(run.testDescription)")
    let errors = try run.objects.filter {
      $0["type"] as? String == "diagnostic" && $0["severity"] as? String == "error"
    }
    #expect(errors.count == 1, "\(run.testDescription)")
  }
}
