import Foundation
import Testing
import WhTestSupport

@Suite("The migration from the old event name in all demo apps")
struct MigrationTests {
  static let script = """
    use app *
    webhook where event MESSAGE_SENT
    rename event MESSAGE_SENT to messages.sms.sent
    replace url old.example.com with hooks.example.com
    commit
    expect not event MESSAGE_SENT and url ~ https://hooks.example.com/*

    """

  /// The requests that `--verbose` names, as `PUT /v1/…`.
  private static func requests(of run: WhRun) -> [String] {
    run.error.split(separator: "\n").compactMap { line in
      line.firstMatch(of: #/^((?:GET|PUT|POST|DELETE) \S+) → 200 /#).map { String($0.1) }
    }
  }

  /// The webhooks of the sandbox.
  private static func webhooks(_ home: Home) async throws -> [String: NSDictionary] {
    let run = try await home.wh("--sandbox", "--output", "json", "-c", "use app *; show webhooks")
    let rows = try run.objects.filter { $0["type"] as? String == "webhook" }
    return Dictionary(uniqueKeysWithValues: rows.compactMap { row in (row["id"] as? String).map { ($0, row) } })
  }

  private static func events(_ webhook: NSDictionary) -> [String] { webhook["events"] as? [String] ?? [] }

  @Test("It changes only what it names, with the fewest requests, and a second run sends no write")
  func migrate() async throws {
    let home = try Home()
    try home.write("farther.wh", Self.script)
    let before = try await Self.webhooks(home)
    let subscribed = before.filter { Self.events($0.value).contains("MESSAGE_SENT") }
    let apps = Set(before.values.compactMap { $0["appId"] as? String }).count
    #expect(subscribed.count > 20 && before.count > subscribed.count)

    let planned = try await home.wh("plan", "--exit-code", "--sandbox", "farther.wh")
    #expect(planned.exit == 10, "\(planned.testDescription)")
    #expect(planned.output.contains("plan: \(subscribed.count) webhooks in"), "\(planned.testDescription)")
    #expect(try await Self.webhooks(home) == before)

    let first = try await home.wh("run", "--sandbox", "--verbose", "farther.wh")
    #expect(first.exit == 0, "\(first.testDescription)")
    #expect(first.output.contains("committed: \(subscribed.count) updated"), "\(first.testDescription)")
    let requests = Self.requests(of: first)
    #expect(requests.count { $0.hasPrefix("PUT") } == subscribed.count)
    #expect(Set(requests).count == requests.count, "no webhook is sent twice")
    #expect(requests.count == 1 + apps + subscribed.count, "one list of apps, one page for each, one update for each")

    let after = try await Self.webhooks(home)
    #expect(after.keys == before.keys)
    for (id, old) in before {
      let new = try #require(after[id])
      if subscribed[id] == nil {
        #expect(new == old)
      } else {
        #expect(Self.events(new) == Self.events(old).map { $0 == "MESSAGE_SENT" ? "messages.sms.sent" : $0 })
        let url = try #require(old["url"] as? String)
        #expect(new["url"] as? String == url.replacing("old.example.com", with: "hooks.example.com"))
        #expect(new["headers"] as? NSDictionary == old["headers"] as? NSDictionary)
      }
    }

    let second = try await home.wh("run", "--sandbox", "--verbose", "farther.wh")
    #expect(second.exit == 0, "\(second.testDescription)")
    #expect(Self.requests(of: second).count == 1 + apps && Self.requests(of: second).allSatisfy { $0.hasPrefix("GET") })
    #expect(try await Self.webhooks(home) == after)

    let nothing = try await home.wh("plan", "--exit-code", "--sandbox", "farther.wh")
    #expect(nothing.exit == 0, "\(nothing.testDescription)")
  }

  @Test("A sandbox in its own process gets the same requests")
  func process() async throws {
    let home = try Home()
    try home.write("farther.wh", Self.script)
    let sandbox = try await SandboxProcess(home, "--log")
    for _ in 1...2 {
      let run = try await home.wh("run", "farther.wh", environment: sandbox.environment)
      #expect(run.exit == 0, "\(run.testDescription)")
    }
    sandbox.child.signal(SIGTERM)
    let log = try await sandbox.child.finished()
    #expect(log.exit == 0, "\(log.testDescription)")
    let updates = log.error.split(separator: "\n").filter { $0.hasPrefix("PUT ") }.map { $0.split(separator: " ")[1] }
    #expect(updates.count > 20)
    #expect(Set(updates).count == updates.count, "a second update of a webhook would be of the second run")
  }
}
