import Foundation
import Testing
import WhTestSupport

@Suite("A folder of scripts")
struct MigrationLedgerTests {
  private static let letters = ["a", "b", "c", "d", "e", "f"]

  /// A script that does harm when it is run twice.
  private static func script(_ letter: String) -> String {
    "use app *\nwebhook *\nreplace url example.com/ with example.com/\(letter)-\ncommit\n"
  }

  /// What all scripts, each once and in their order, make of a webhook.
  private static func goal(_ id: String) -> String { "https://example.com/f-e-d-c-b-a-\(id.suffix(1))" }

  private let home: Home
  private let service = ManyApps(30)
  private let server: FakeService

  init() throws {
    home = try Home()
    server = try FakeService(service.answer)
    for letter in Self.letters { try home.write("scripts/1-\(letter).wh", Self.script(letter)) }
  }

  private func migrate(_ arguments: String...) async throws -> WhRun {
    try await home.wh(["migrate"] + arguments + ["scripts"], environment: WhRun.environment(server))
  }

  @Test("Applied scripts are verified without writing files or running commands")
  func verifying() async throws {
    try home.write(
      "looks/1.wh", "use app *; webhook *; show apps >> seen; show apps | cat >> seen-by-command\nexpect slug ~ *\n")
    let environment = WhRun.environment(server)
    let up = try await home.wh("migrate", "up", "looks", environment: environment)
    #expect(up.exit == 0, "\(up.testDescription)")
    let files = ["work/looks/seen", "work/seen-by-command"]
    let seen = try files.map(home.text)
    #expect(seen.allSatisfy { $0.contains("apps") })
    let verified = try await home.wh("migrate", "verify", "looks", environment: environment)
    #expect(verified.exit == 0, "\(verified.testDescription)")
    #expect(try files.map(home.text) == seen)
  }

  @Test("The last script to run must be in the folder; otherwise nothing is run")
  func last() async throws {
    let wrong = try await migrate("up", "--to", "1-bb")
    #expect(wrong.exit != 0 && wrong.error.contains("no script named `1-bb`"), "\(wrong.testDescription)")
    #expect(service.writes == 0)
    let right = try await migrate("up", "--to", "1-b.wh")
    #expect(right.exit == 0, "\(right.testDescription)")
    #expect(service.writes == 2 * 30 * ManyApps.webhooksPerApp)
  }

  @Test("After two kills each script is applied once per app, also to an app that was created later")
  func killed() async throws {
    for write in [47, 230] {
      let gate = service.hold(write)
      let child = try WhChild(home, ["migrate", "up", "scripts"], environment: WhRun.environment(server))
      try await gate.reached()
      child.signal(SIGKILL)
      gate.open()
      #expect(try await child.finished().exit == 128 + SIGKILL)
      try await server.drained()
    }
    let up = try await migrate("up")
    #expect(up.exit == 0, "\(up.testDescription)")
    for (id, url) in service.urls { #expect(url == Self.goal(id), "\(id)\n\(up.testDescription)") }
    let floor = Self.letters.count * 30 * ManyApps.webhooksPerApp
    #expect((floor...floor + 2 * 8).contains(service.writes), "8 are in flight at each kill at most")

    let status = try await migrate("status", "--exit-code")
    #expect(status.exit == 0, "\(status.testDescription)")
    service.addApp()
    let pending = try await migrate("status", "--exit-code")
    #expect(pending.exit == 10, "\(pending.testDescription)")
    let writes = service.writes
    let caughtUp = try await migrate("up")
    #expect(caughtUp.exit == 0, "\(caughtUp.testDescription)")
    #expect(service.writes == writes + Self.letters.count * ManyApps.webhooksPerApp)
    for (id, url) in service.urls { #expect(url == Self.goal(id), "\(id)\n\(caughtUp.testDescription)") }
    let nothing = try await migrate("up")
    #expect(nothing.exit == 0 && nothing.output.contains("nothing pending"), "\(nothing.testDescription)")
  }

  @Test("An edited applied script is refused, with both hashes")
  func edited() async throws {
    #expect(try await migrate("up").exit == 0)
    let runs = try await home.wh("runs", "3", environment: WhRun.environment(server))
    let hash = try #require(runs.output.firstMatch(of: /sha-256 +([0-9a-f]{64})/)).1
    try home.write("scripts/1-c.wh", Self.script("c") + "echo done\n")
    let writes = service.writes
    let refused = try await migrate("up")
    #expect(refused.exit == 1, "\(refused.testDescription)")
    let named = Set(refused.error.matches(of: /[0-9a-f]{64}/).map { $0.0 })
    #expect(named.count == 2 && named.contains(hash), "\(refused.testDescription)")
    #expect(service.writes == writes)
  }
}
