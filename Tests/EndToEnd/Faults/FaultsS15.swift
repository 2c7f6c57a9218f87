import Testing
import WhTestSupport

@Suite("S15: a key command runs once, and only when it is needed")
struct FaultsS15 {
  private static func home(_ command: String) throws -> Home {
    let home = try Home()
    try home.configure(
      """
      [profiles.p]
      base_url = "http://127.0.0.1:9"
      key_command = "echo x >> runs; \(command)"

      """)
    return home
  }

  @Test(
    "S15: what needs no server does not run it",
    arguments: [
      ["-c", "help"], ["-c", "help use app"], ["-c", "let a = b; echo ${a}; show variables; show config"],
      ["-c", "on error continue; config jobs 2"], ["-c", "status; diff; rollback"], ["check", "s.wh"], ["resume"],
      ["runs"],
      ["profile", "list"], ["complete", "run", ""], ["migrate", "new", "x", "m"],
    ])
  func unneeded(_ arguments: [String]) async throws {
    let home = try Self.home("false")
    try home.write("s.wh", "use app *\n")
    let run = try await home.wh(arguments, environment: ["WH_PROFILE": "p"])
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(!home.workFiles.contains("runs"), "\(run.testDescription)")
  }

  @Test(
    "S15: one that fails runs once, whatever comes after it",
    arguments: [
      "show apps; show apps", "on error continue; show apps; use app *; webhook *; commit",
      "on error continue; use profile p; use app *; use profile p; use app *",
    ])
  func failing(_ script: String) async throws {
    let home = try Self.home("exit 3")
    let run = try await home.wh("--profile", "p", "-c", script)
    #expect(run.exit == 77 && run.error.contains("the key command exited with status 3"), "\(run.testDescription)")
    #expect(try home.text("work/runs") == "x\n", "\(run.testDescription)")
  }
}
