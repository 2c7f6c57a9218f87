import Foundation
import Testing
import WhTestSupport

/// The scripts of `examples` with 300 apps of three webhooks each: how many requests they take, and that a second run writes nothing.
///
/// `WH_JOBS=record` writes the table of `docs/jobs/README.md`.
@Suite("The jobs with 300 apps", .serialized)
struct JobsAtScaleTests {
  struct Job: Sendable, CustomTestStringConvertible {
    let page: String
    let script: String
    /// What makes a job of generated data: statements that run first.
    var setup: String?
    var files: [String: String] = [:]
    var arguments: [String] = []
    /// How many webhooks the first run changes.
    let changes: Int

    var testDescription: String { script }
  }

  private static let slugs = (1...300).map { "app-" + String("000\($0)".suffix(4)) }

  /// Two webhooks of each app are at `old.example.com` and listen to MESSAGE_SENT and MESSAGE_DELIVERED; the third one is not and
  /// listens to MESSAGE_CREATED and MESSAGE_DELIVERED.
  static let jobs = [
    Job(
      page: "move-host.md", script: "move-host-except.wh",
      files: ["keep.txt": slugs.prefix(10).joined(separator: "\n")],
      changes: 580),
    Job(page: "many-profiles.md", script: "move-host.wh", changes: 900),
    Job(
      page: "rename-events.md", script: "rename-where-all.wh",
      setup: "use app *; webhook where event MESSAGE_SENT; add event MESSAGE_CREATED; commit", changes: 600),
    Job(page: "opt-in.md", script: "opt-in.wh", changes: 900),
    Job(
      page: "signatures.md", script: "signatures.wh",
      files: ["signatures.csv": "slug,sig\n" + slugs.map { "\($0),s\($0)\n" }.joined()], changes: 900),
    Job(page: "canary.md", script: "canary.wh", arguments: ["--var", "n=30"], changes: 60),
    Job(
      page: "rotate-secret.md", script: "rotate.wh",
      setup: "use app *; webhook where host = old.example.com; set header X-Signature 1f00aa; commit",
      arguments: ["--var", "SIGNATURE=2e11bb"], changes: 600),
    Job(
      page: "delete-dead-host.md", script: "delete-dead.wh",
      setup: "use app app-00*; webhook where host = other.example.com; "
        + "replace host other.example.com with demo-tunnel.example.net; commit",
      arguments: ["--yes"], changes: 99),
    Job(page: "audit.md", script: "audit.wh", changes: 0),
  ]

  private static let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardizedFileURL
  private static let list = root.appending(path: "docs/jobs/README.md")

  @Test("A script takes the requests that the table says, and the second time it writes nothing", arguments: jobs)
  func cost(job: Job) async throws {
    let home = try Home()
    let server = try await SandboxProcess(
      home, ["--data", home.path("data/jobs.sqlite"), "--apps", "300", "--webhooks-per-app", "3"])
    let text = try String(contentsOf: Self.root.appending(path: "examples/" + job.script), encoding: .utf8)
    try home.write(job.script, text)
    for (name, content) in job.files { try home.write(name, content) }
    if let setup = job.setup {
      let run = try await home.wh("-c", setup, environment: server.environment)
      #expect(run.exit == 0, "\(run.testDescription)")
    }
    let first = try await report(of: job, home, server)
    let second = try await report(of: job, home, server)
    #expect(first.changes == job.changes && second.changes == 0)
    #expect(first.requests == second.requests + job.changes, "\(first), \(second)")
    try compare(
      "| [\(job.script)](\(job.page)) | \(Self.statementCount(text)) | \(first.requests - first.changes) | \(first.changes) | "
        + "\((first.requests - 1) / 60) min | \((second.requests - 1) / 60) min |", with: job)
  }

  private func report(of job: Job, _ home: Home, _ server: SandboxProcess) async throws -> (requests: Int, changes: Int)
  {
    let run = try await home.wh(
      ["run", job.script, "--report", "json=report.json"] + job.arguments, environment: server.environment)
    #expect(run.exit == 0, "\(run.testDescription)")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(home.bytes("work/report.json"))) as? [String: Any])
    let webhooks = try #require(report["webhooks"] as? [String: Int])
    return (
      try #require(report["requests"] as? Int),
      ["created", "updated", "deleted"].reduce(0) { $0 + (webhooks[$1] ?? 0) }
    )
  }

  private static func statementCount(_ script: String) -> Int {
    script.split(separator: "\n").count { !$0.hasPrefix("#") }
  }

  private func compare(_ row: String, with job: Job) throws {
    let text = try String(contentsOf: Self.list, encoding: .utf8)
    if text.contains(row + "\n") { return }
    if ProcessInfo.processInfo.environment["WH_JOBS"] == "record" {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        line.hasPrefix("| [\(job.script)]") ? row : String(line)
      }
      try lines.joined(separator: "\n").write(to: Self.list, atomically: true, encoding: .utf8)
      Issue.record("\(job.script) was recorded")
    } else {
      Issue.record("docs/jobs/README.md has no row \(row)")
    }
  }
}
