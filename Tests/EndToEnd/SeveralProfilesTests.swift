import Foundation
import Testing
import WhTestSupport

/// Runs with several profiles at the same time.
@Suite("Several profiles")
struct SeveralProfilesTests {
  /// A service for each profile, and a home that is configured for them.
  private struct Stage {
    let home: Home
    let north: CountingService
    let south: CountingService

    /// - Parameter services: how many of the two accept any key.
    init() throws {
      home = try Home()
      north = try CountingService(ServiceShape(apps: 3, webhooksPerApp: 2, oldPerApp: 1))
      south = try CountingService(ServiceShape(apps: 5, webhooksPerApp: 2, oldPerApp: 1))
      try Data(OneWebhook.adminKey.utf8).write(to: URL(fileURLWithPath: home.path("config/key")))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: home.path("config/key"))
      let key = home.path("config/key")
      try home.configure(
        """
        [profiles.north]
        base_url = "\(north.url)"
        key_file = "\(key)"
        [profiles.south]
        base_url = "\(south.url)"
        key_file = "\(key)"
        [profiles.west]
        base_url = "\(north.url)"
        [profiles.guarded]
        base_url = "\(south.url)"
        key_file = "\(key)"
        protected = true
        """)
      try home.write("migrate.wh", ServiceShape.migration)
    }

    func wh(_ arguments: String...) async throws -> WhRun { try await home.wh(arguments) }
  }

  @Test("The script runs for each, and what they print comes in the order of the profiles")
  func each() async throws {
    let stage = try Stage()
    let run = try await stage.wh("run", "migrate.wh", "--profile", "south", "--profile", "north")
    #expect(run.exit == 0, "\(run.testDescription)")
    let lines = run.output.split(separator: "\n").map { $0.replacing(#/ \(run \d\)/#, with: "") }
    #expect(
      lines == ["profile south", "committed: 5 updated", "profile north", "committed: 3 updated"],
      "\(run.testDescription)")
    #expect(stage.north.log.count { $0.method == "PUT" } == 3 && stage.south.log.count { $0.method == "PUT" } == 5)
    let runs = try await stage.wh("runs", "--output", "json")
    #expect(try runs.objects.compactMap { $0["profile"] as? String }.sorted() == ["north", "south"])
    let again = try await stage.wh("run", "migrate.wh", "--profile", "south", "--profile", "north")
    #expect(again.exit == 0 && stage.north.log.count { $0.method == "PUT" } == 3, "\(again.testDescription)")
  }

  @Test("A profile without a key fails alone, and is named at the end")
  func oneFails() async throws {
    let stage = try Stage()
    let run = try await stage.wh(
      "run", "migrate.wh", "--profile", "north", "--profile", "west", "--profile", "south", "--report", "json=r.json",
      "--report", "junit=r.xml", "--report", "html=r.html", "--report", "markdown=r.md")
    #expect(run.exit == 77, "\(run.testDescription)")
    #expect(run.error.hasSuffix("error: 1 of 3 profiles failed: west (exit code 77)\n"), "\(run.testDescription)")
    #expect(stage.north.log.count { $0.method == "PUT" } == 3 && stage.south.log.count { $0.method == "PUT" } == 5)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(stage.home.bytes("work/r.json"))) as? [String: Any])
    let profiles = try #require(json["profiles"] as? [[String: Any]])
    #expect(profiles.map { $0["profile"] as? String } == ["north", "west", "south"])
    #expect(profiles.map { $0["exit"] as? Int } == [0, 77, 0])
    #expect(json["exit"] as? Int == 77 && json["profile"] is NSNull)
    let cases = try #require(json["cases"] as? [[String: Any]])
    #expect(Set(cases.compactMap { $0["profile"] as? String }) == ["north", "west", "south"])
    let junit = try stage.home.text("work/r.xml")
    #expect(junit.components(separatedBy: "<testsuite ").count == 4, "\(junit)")
    #expect(try stage.home.text("work/r.html").contains("profile west: 1 of 1 not as requested"))
    #expect(try stage.home.text("work/r.md").contains("profile <code>west</code>"))
  }

  @Test(
    "A plan with changes exits with 10, unless something failed",
    arguments: [(["north", "south"], 10), (["north", "west"], 77)] as [([String], Int32)])
  func plan(profiles: [String], exit: Int32) async throws {
    let stage = try Stage()
    let run = try await stage.home.wh(
      ["plan", "migrate.wh", "--exit-code"] + profiles.flatMap { ["--profile", $0] })
    #expect(run.exit == exit, "\(run.testDescription)")
    #expect(stage.north.log.allSatisfy { $0.method == "GET" })
  }

  @Test("Each has its own confirmation, lines of JSON name the session, and variables are read once")
  func eachOfThem() async throws {
    let stage = try Stage()
    let run = try await stage.wh(
      "run", "migrate.wh", "--profile", "north", "--profile", "guarded", "--output", "json", "--var-command",
      "unused=echo x >> asked; echo y")
    #expect(run.exit == 1 && run.error.contains("profile guarded is protected"), "\(run.testDescription)")
    #expect(
      try run.objects.filter { $0["type"] as? String == "session" }.map { $0["profile"] as? String } == [
        "north", "guarded",
      ])
    #expect(stage.south.log.allSatisfy { $0.method == "GET" } && stage.north.log.contains { $0.method == "PUT" })
    #expect(try stage.home.text("work/asked") == "x\n")
  }

  @Test(
    "What can't be done for several profiles is refused before anything is sent",
    arguments: [
      (["run", "migrate.wh", "--profile", "north", "--profile", "north"], 64, "names `north` twice"),
      (["run", "migrate.wh", "--profile", "north", "--profile", "nroth"], 64, "no profile named `nroth`"),
      (["run", "migrate.wh", "--profile", "north", "--sandbox"], 64, "--sandbox and --profile"),
      (["run", "migrate.wh", "--profile", "north", "--profile", "south", "--transcript", "t.wh"], 64, "--transcript"),
      (["resume", "--profile", "north", "--profile", "south"], 64, "--profile can be given once here"),
      (["migrate", "up", "m", "--profile", "north", "--profile", "south"], 64, "--profile can be given once here"),
      (["profile", "test", "--profile", "north", "--profile", "south"], 64, "--profile can be given once here"),
      (["--profile", "north", "--profile", "south", "-c", "show apps > \"a.txt\""], 65, "append with `>>`"),
      (["--profile", "north", "--profile", "south", "-c", "use app *; dump \"a.wh\""], 65, "append with `>>`"),
      (["--profile", "north", "--profile", "south", "-c", "show apps | cat"], 65, "append with `>>`"),
      (["--profile", "north", "--profile", "south", "-c", "record \"a.wh\"; show apps"], 65, "append with `>>`"),
      (["--profile", "north", "--profile", "south", "-c", "ad event X"], 65, "`ad` is not a statement"),
    ] as [([String], Int32, String)])
  func refused(arguments: [String], exit: Int32, message: String) async throws {
    let stage = try Stage()
    let run = try await stage.home.wh(arguments)
    #expect(run.exit == exit && run.error.contains(message), "\(run.testDescription)")
    #expect(run.error.components(separatedBy: message).count == 2, "it is said once: \(run.testDescription)")
    #expect(stage.north.log.isEmpty && stage.south.log.isEmpty)
    #expect(stage.home.workFiles == ["migrate.wh"])
  }

  @Test("Lines are added to one file by each")
  func appending() async throws {
    let stage = try Stage()
    let run = try await stage.wh("--profile", "north", "--profile", "south", "-c", "show apps as csv >> \"a.csv\"")
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(try stage.home.text("work/a.csv").split(separator: "\n").count == 2 + 3 + 5)
  }
}
