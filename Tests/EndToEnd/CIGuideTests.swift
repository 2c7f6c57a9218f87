import Foundation
import Testing
import WhTestSupport

/// The complete examples of docs/guides/ci.md: the steps that are in them run as they stand, with stand-ins for what only a CI
/// system has.
@Suite("The examples of the CI guide")
struct CIGuideTests {
  private static let renamed = "use app *; webhook *; expect not event ~ MESSAGE_*"

  // MARK: GitHub Actions

  /// One job of the workflow, as a runner does it.
  ///
  /// - Returns: what each step printed that ran, and whether the job failed.
  private func job(_ name: String, _ workflow: GuideYAML, _ stage: GuideStage) async throws -> (
    runs: [WhRun], isFailed: Bool
  ) {
    let runner = try Home()
    let steps = try #require(workflow["jobs"]?[name]?["steps"]?.below, "no job \(name)")
    let shared = (workflow["env"]?.pairs ?? []).map { ($0, expression($1, stage)) }
    var (runs, isFailed, failedSteps): ([WhRun], Bool, Set<String>) = ([], false, [])
    for step in steps {
      switch step["uses"]?.value {
      case "actions/checkout@v4": try runner.write("webhooks/migrate.wh", GuideStage.script)
      case "actions/upload-artifact@v4": try stage.keep("plan.json", of: runner)
      case "actions/download-artifact@v4": try stage.restore("plan.json", to: runner)
      case nil: break
      case let other?: Issue.record("the guide uses \(other), which has no stand-in")
      }
      guard let script = step["run"]?.script else { continue }
      let isDue: Bool
      switch step["if"]?.value {
      case nil: isDue = !isFailed
      case "always()": isDue = true
      case "failure() && steps.apply.outcome == 'failure'": isDue = isFailed && failedSteps.contains("apply")
      case let other?:
        isDue = false
        Issue.record("the guide has the condition \(other), which the test does not know")
      }
      if !isDue { continue }
      let own = (step["env"]?.pairs ?? []).map { ($0, expression($1, stage)) }
      let environment = Dictionary(
        shared + own + [("GITHUB_STEP_SUMMARY", stage.home.path("kept/summary"))], uniquingKeysWith: { $1 })
      let run = try await stage.shell(script, runner, environment)
      runs.append(run)
      if run.exit != 0 {
        isFailed = true
        if let id = step["id"]?.value { failedSteps.insert(id) }
      }
    }
    return (runs, isFailed)
  }

  /// What GitHub puts in place of an expression.
  private func expression(_ text: String, _ stage: GuideStage) -> String {
    switch text {
    case "${{ secrets.WH_API_KEY }}": return stage.environment["WH_API_KEY"] ?? ""
    case "${{ secrets.WH_JOURNAL }}": return stage.environment["WH_JOURNAL"] ?? ""
    case "${{ secrets.PGPASSWORD }}", "${{ github.token }}": return "unused"
    case "${{ github.event.pull_request.number }}": return "7"
    default:
      Issue.record("the guide has \(text), which the test does not know")
      return text
    }
  }

  @Test("GitHub Actions: the plan is commented, kept and applied; what changed in between makes the job fail")
  func gitHub() async throws {
    let stage = try await GuideStage()
    let workflow = try GuideYAML(of: GuideStage.text.get(), after: "GitHub Actions")
    // A comment can only be edited once there is one.
    try stage.provide(
      "gh",
      #"echo "$*" >>"$KEPT/gh"; [ "$1 $2 $3 $4" = "pr comment 7 --body-file" ] || exit 2; [ "$6" != --edit-last ] || [ -e "$KEPT/comment" ] || exit 1; cp "$5" "$KEPT/comment""#
    )
    for time in 1...2 {
      let planned = try await job("plan", workflow, stage)
      #expect(!planned.isFailed, "\(planned.runs.map(\.testDescription))")
      let (comment, calls) = (try stage.kept("comment"), try stage.kept("gh"))
      #expect(comment.contains("messages.sms.sent") && calls.split(separator: "\n").count == time + 1)
    }
    let kept = try await job("keep", workflow, stage)
    let summary = try stage.kept("summary")
    #expect(!kept.isFailed && summary.contains("messages.sms.sent"), "\(kept.runs.map(\.testDescription))")
    let other = try await stage.wh(
      "-c", "use app *; webhook where event MESSAGE_SENT limit 1; set url https://example.com/theirs; commit")
    #expect(other.exit == 0, "\(other.testDescription)")
    let conflict = try await job("apply", workflow, stage)
    #expect(conflict.isFailed, "\(conflict.runs.map(\.testDescription))")
    #expect(conflict.runs.map(\.exit) == [0, 1, 0, 0], "resume, apply, resume, summary")
    #expect(conflict.runs[1].output.contains("1 conflict") && conflict.runs[1].output.contains("::error"))
    #expect(try stage.kept("summary").contains("https://example.com/theirs"))
    _ = try await job("keep", workflow, stage)
    let applied = try await job("apply", workflow, stage)
    #expect(!applied.isFailed && applied.runs.map(\.exit) == [0, 0, 0], "\(applied.runs.map(\.testDescription))")
    let renamed = try await stage.wh("-c", Self.renamed)
    #expect(renamed.exit == 0, "\(renamed.testDescription)")
  }

  // MARK: GitLab

  @Test("GitLab: each job does its part, and what one keeps is there for the next")
  func gitLab() async throws {
    let stage = try await GuideStage()
    let pipeline = try GuideYAML(of: GuideStage.text.get(), after: "GitLab")
    try stage.provide(
      "curl",
      #"for word; do case $word in body@*) cp "${word#body@}" "$KEPT/comment" || exit 1 ;; esac; url=$word; done; echo "$url" >"$KEPT/url""#
    )
    let gitLab = [
      "COMMENT_TOKEN": "token", "CI_API_V4_URL": "https://gitlab.example.com/api/v4", "CI_PROJECT_ID": "5",
      "CI_MERGE_REQUEST_IID": "7",
    ]
    for (name, inputs, outputs) in [
      ("check", [], ["check.xml"]), ("plan", [], ["plan.json", "plan.html", "plan.md"]),
      ("comment", ["plan.md"], []), ("apply", ["plan.json"], ["wh.xml", "wh.html"]),
    ] {
      let job = try #require(pipeline[name], "no job \(name)")
      let script = try #require(job["script"], "job \(name) has no script")
      // Each entry of a list is a line.
      let lines = script.below.isEmpty ? [script.script] : script.below.map { $0.below.map(\.text).joined() }
      let runner = try stage.checkout()
      for file in inputs { try stage.restore(file, to: runner) }
      let run = try await stage.shell(lines.joined(separator: "\n"), runner, gitLab)
      #expect(run.exit == 0, "\(name): \(run.testDescription)")
      for file in outputs { try stage.keep(file, of: runner) }
    }
    #expect(try stage.kept("url") == "https://gitlab.example.com/api/v4/projects/5/merge_requests/7/notes\n")
    #expect(try stage.kept("comment") == stage.kept("plan.md"))
    let renamed = try await stage.wh("-c", Self.renamed)
    #expect(renamed.exit == 0, "\(renamed.testDescription)")
  }

  // MARK: Kubernetes

  @Test("Kubernetes: the pods of the job apply the scripts, each to its share of the apps")
  func kubernetes() async throws {
    let stage = try await GuideStage()
    let manifest = try GuideYAML(of: GuideStage.text.get(), after: "A migration in an indexed Kubernetes Job")
    let job = try #require(manifest["spec"])
    let pods = try #require(job["completions"].flatMap { Int($0.value) })
    #expect(job["parallelism"]?.value == "\(pods)" && job["completionMode"]?.value == "Indexed")
    let container = try #require(job["template"]?["spec"]?["containers"]?.below.first)
    #expect(container["command"]?.value == "[sh, -c]")
    let line = try #require(container["args"]?.below.first?.below.first?.text)
    #expect(line.contains("/scripts ") && line.contains("/\(pods)\""), "\(line)")
    try stage.home.write("scripts/0001-rename.wh", GuideStage.script)
    try stage.home.write("scripts/.wh-migrations", String(repeating: "ab", count: 16) + "\n")
    let script = line.replacing("/scripts", with: stage.home.path("work/scripts"))
    let runs = try await withThrowingTaskGroup(of: WhRun.self) { group in
      for index in 0..<pods {
        group.addTask { try await stage.shell(script, Home(), ["JOB_COMPLETION_INDEX": "\(index)"]) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for run in runs { #expect(run.exit == 0, "\(run.testDescription)") }
    let renamed = try await stage.wh("-c", Self.renamed)
    #expect(renamed.exit == 0, "\(renamed.testDescription)")
    let status = try await stage.wh("migrate", "status", "scripts", "--exit-code")
    #expect(status.exit == 0, "\(status.testDescription)")
  }
}
