import Testing
import WhDomain
import WhSession

@testable import WhShell

@Suite("The Markdown and GitHub forms of a report")
struct MarkdownReportTests {
  private static func markdown(_ report: RunReport) -> String { ReportForm.markdown.text(of: report, Redactor()) }

  private static func github(_ report: RunReport) -> [String] {
    ReportForm.github.text(of: report, Redactor()).split(separator: "\n").map(String.init)
  }

  @Test("A report of many changes is cut to what a comment holds, and says what was cut")
  func cut() {
    let many = SampleReports.report("plan", (1...5000).map { .planned(SampleReports.moved($0)) }, exit: 0)
    let text = Self.markdown(many)
    #expect(text.count <= MarkdownReport.mostCharacters && text.contains("**5000** to update"))
    #expect(text.contains("Cut, because a comment holds no more: to update: 5000 webhooks"))
    #expect(!text.contains("<details>"))
  }

  @Test("Many different groups are cut to what a comment holds")
  func manyGroups() {
    let changes = (1...2000).map { number in
      let before = SampleReports.webhook(number)
      var after = before
      after.url = "https://\(number).example.com/\(String(repeating: "x", count: 300))"
      return RunReport.Case.Kind.planned(
        Change(
          app: SampleReports.app(1), webhookID: before.id,
          action: .update(before: before, WebhookPatch(from: before, to: after))))
    }
    let text = Self.markdown(SampleReports.report("plan", changes, exit: 0))
    #expect(text.count <= MarkdownReport.mostCharacters && text.contains("more"))
  }

  @Test("Foreign text is no markup, mention, issue or table cell")
  func foreign() {
    let text = Self.markdown(SampleReports.failure)
    for line in text.split(separator: "\n") where line.hasPrefix("|") {
      #expect(line.count { $0 == "|" } == 5, "\(line)")
      #expect(!line.contains("@team") && !line.contains("#1"))
    }
    #expect(!text.contains("<b>"))
  }

  @Test("A block of code is fenced by more backquotes than it holds")
  func fence() {
    let before = SampleReports.webhook(1)
    let change = Change(
      app: App(id: AppID(unchecked: "a"), slug: "```` x"), webhookID: before.id, action: .delete(before: before))
    #expect(Self.markdown(SampleReports.report("plan", [.planned(change)], exit: 0)).contains("`````\n```` x/whk_1"))
  }

  @Test("Each workflow command is one line, escaped as GitHub documents")
  func commands() throws {
    let lines = Self.github(SampleReports.failure)
    #expect(lines.allSatisfy { $0.hasPrefix("::error ") || $0.hasPrefix("::warning ") || $0.hasPrefix("::notice ") })
    let refused = try #require(lines.first { $0.contains("title=failed") })
    #expect(refused.contains("100%25, ::error::no") && refused.contains("%0A- host    old.example.com"))
    let plan = Self.github(SampleReports.plan)
    #expect(plan.contains { $0.hasPrefix("::warning file=old%2C %25apps.wh,line=2,col=17,title=to delete::") })
  }

  @Test("What fails comes first, and the last line sums up")
  func order() {
    let lines = Self.github(SampleReports.failure)
    #expect(lines.first?.hasPrefix("::error file=migrate.wh,line=2,col=1,title=expectation-failed::") == true)
    #expect(lines.last?.hasPrefix("::notice title=wh run migrate.wh::9 of 10 not as requested") == true)
  }

  @Test("Statements that are in no file have no place", arguments: ["-c", "-", "prompt"])
  func noFile(name: String) {
    let change = Change(
      app: SampleReports.app(1), webhookID: nil,
      action: .create(url: "https://a.example", events: [], headers: Headers()),
      origins: [Origin(source: name, line: 1, column: 1, statement: "create webhook")])
    let lines = Self.github(SampleReports.report("plan", [.planned(change)], exit: 0))
    #expect(lines.first?.hasPrefix("::notice title=to create::") == true, "\(lines)")
  }
}
