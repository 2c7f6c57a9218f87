import Testing
import WhTestSupport

@Suite("S1: nothing begins with a server or a file that is wrong")
struct FaultsS1 {
  static let commands: [[String]] = [
    ["-c", "echo ran"], ["run", "s.wh"], ["plan", "s.wh"], ["migrate", "status", "m"], ["migrate", "up", "m"],
    ["resume"],
    ["profile", "test"], ["replay", "--check", "t.wh"],
  ]

  private static func home(_ configuration: String) throws -> Home {
    let home = try Home()
    try home.write("s.wh", "echo ran\n")
    try home.write("m/1.wh", "echo ran\n")
    try home.write("t.wh", "#: wh transcript 1, 2026-01-01T00:00:00Z, sandbox\n#: mode batch\necho ran\n#> ran\n")
    try home.configure(configuration)
    return home
  }

  @Test("S1: an unknown --profile is a wrong command line, before anything runs", arguments: commands)
  func unknownProfile(_ command: [String]) async throws {
    let home = try Self.home("[profiles.prod]\nkey_file = \"k\"\n")
    let run = try await home.wh(command + ["--profile", "prdo"])
    #expect(run.exit == 64 && run.output.isEmpty, "\(run.testDescription)")
    #expect(
      run.error.contains("no profile named `prdo`") && run.error.contains("prod, sandbox"), "\(run.testDescription)")
    let elsewhere = try await home.wh(command, environment: ["WH_PROFILE": "prdo"])
    #expect(elsewhere.exit == 1 && elsewhere.output.isEmpty, "\(elsewhere.testDescription)")
  }

  @Test(
    "S1: a configuration that can't be used is reported before anything runs",
    arguments: [["run", "s.wh"], ["migrate", "status", "m"], ["replay", "--check", "t.wh"], ["check", "s.wh"]],
    ["events = \"calls.ringing\"", "nonsense"])
  func configuration(_ command: [String], _ text: String) async throws {
    let home = try Self.home(text + "\n")
    let run = try await home.wh(command)
    #expect(run.exit == 1 && run.output.isEmpty, "\(run.testDescription)")
    #expect(run.error.contains("config.toml"), "\(run.testDescription)")
  }
}
