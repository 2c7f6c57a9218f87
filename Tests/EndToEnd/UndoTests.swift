import Foundation
import Testing
import WhTestSupport

@Suite("Reverting a run")
struct UndoTests {
  private let home: Home
  private let sandbox: SandboxProcess

  init() async throws {
    home = try Home()
    sandbox = try await SandboxProcess(home, "--data", home.path("data/service.sqlite"))
  }

  private func wh(_ statements: String, _ options: String...) async throws -> WhRun {
    try await home.wh(options + ["-c", statements], environment: sandbox.environment)
  }

  /// What the service holds, without ids and times, which a webhook that is created again doesn't keep.
  private func held() async throws -> [String] {
    let run = try await wh("use app *; show webhooks", "--output", "json")
    let rows = try run.objects.filter { $0["type"] as? String == "webhook" }
    return rows.map { row in
      let events = row["events"] as? [String] ?? []
      let headers = row["headers"] as? [String: String] ?? [:]
      return "\(row["appId"] ?? "") \(row["url"] ?? "") \(events) \(headers.sorted { $0.key < $1.key })"
    }.sorted()
  }

  private func change(_ statements: String, run number: Int) async throws -> [String] {
    let run = try await wh(statements, "--yes")
    #expect(run.exit == 0 && run.output.contains("(run \(number))"), "\(run.testDescription)")
    return try await held()
  }

  @Test("A run, its undo, and the undo of the undo")
  func undo() async throws {
    let before = try await held()
    let all = "use app *; webhook *; set header X-A 1; add event messages.sms.failed; commit"
    let after = try await change(all, run: 1)
    #expect(after != before)
    #expect(try await change("undo; commit", run: 2) == before)
    #expect(try await change("undo; commit", run: 3) == after)
    #expect(try await change("undo 1; commit", run: 4) == before)
    let runs = try await home.wh("runs", environment: sandbox.environment)
    #expect(runs.output.contains("undo of run 1") && runs.output.contains("undo of run 2"), "\(runs.testDescription)")
  }

  @Test("What was created is deleted, and what was deleted is created")
  func existence() async throws {
    let before = try await held()
    let more = try await change(
      "use app my-app; create webhook https://new.example.com/x events MESSAGE_SENT; commit", run: 1)
    #expect(more.count == before.count + 1)
    #expect(try await change("undo; commit", run: 2) == before)
    #expect(try await change("undo; commit", run: 3) == more)
    let less = try await change("use app my-app; webhook *; delete webhook; commit", run: 4)
    #expect(less.count == more.count - 4)
    #expect(try await change("undo; commit", run: 5) == more)
    let unconfirmed = try await wh("undo; commit")
    #expect(unconfirmed.exit == 1, "it would delete\n\(unconfirmed.testDescription)")
    #expect(try await held() == more)
  }

  @Test("A field that was changed by others since is a conflict, shown with both sides, and is kept")
  func conflict() async throws {
    let url = "https://elsewhere.example.com/x"
    _ = try await change("use app my-app; webhook *; replace url old.example.com with new.example.com; commit", run: 1)
    _ = try await change("use app my-app; webhook \(OneWebhook.webhook); set url \(url); commit", run: 2)
    let undo = try await wh("undo 1; commit")
    #expect(undo.exit == 1, "\(undo.testDescription)")
    #expect(undo.output.contains("2 updated, 1 conflict"), "\(undo.testDescription)")
    #expect(undo.error.contains("what others have changed since the run is left as it is"), "\(undo.testDescription)")
    let (theirs, yours) = (undo.output.split(separator: "theirs:"), undo.output.split(separator: "yours:"))
    #expect(theirs.count == 2 && theirs[1].contains("+ url     \(url)"), "\(undo.testDescription)")
    #expect(yours.count == 2 && yours[1].contains("+ url     https://old.example.com/"), "\(undo.testDescription)")
    #expect(!undo.error.contains("still staged"), "\(undo.testDescription)")
    let now = try await held().filter { $0.hasPrefix(OneWebhook.app) }
    #expect(now.count { $0.contains(url) } == 1 && now.count { $0.contains("old.example.com") } == 2, "\(now)")
  }

  @Test("What an undo can't put back is shown by `status` until it is committed or dropped")
  func status() async throws {
    _ = try await change(
      "use app my-app; webhook \(OneWebhook.webhook); set url https://a.example.com/; commit", run: 1)
    _ = try await change(
      "use app my-app; webhook \(OneWebhook.webhook); set url https://b.example.com/; commit", run: 2)
    let shown = try await wh("undo 1; status; rollback; status")
    #expect(shown.exit == 0, "\(shown.testDescription)")
    #expect(
      shown.output == """
        selected: no apps, no webhooks
        undo of run 1: 1 conflict; `rollback` drops it
        nothing staged
        selected: no apps, no webhooks
        nothing staged

        """, "\(shown.testDescription)")
  }
}
