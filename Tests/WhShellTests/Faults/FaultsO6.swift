import Foundation
import Testing
import WhDomain
import WhSession
import WhSyntax

@testable import WhShell

@Suite("Reports that a reviewer can sign")
struct FaultsO6 {
  private static func html(_ report: RunReport) -> String { ReportForm.html.text(of: report, Redactor()) }

  private static func place(of text: String, in page: String) throws -> String.Index {
    try #require(page.firstRange(of: text)?.lowerBound, "no \(text)")
  }

  @Test("O6: a plan is planned, and nothing on its page says done")
  func planned() {
    let page = Self.html(SampleReports.plan)
    #expect(page.contains("9 changes planned, nothing sent") && !page.contains("✓") && !page.contains("class=\"good\""))
    for text in ["<b>7</b> to update", "<b>1</b> to create", "<b>1</b> to delete", "3 min at the rate limit"] {
      #expect(page.contains(text), "\(text)")
    }
  }

  @Test("O6: what fails comes first, and what holds last")
  func order() throws {
    let page = Self.html(SampleReports.failure)
    let titles = ["expectations that failed", "<h2>failed", "<h2>conflict", "<h2>warnings", "<h2>deleted"]
    let places = try titles.map { try Self.place(of: $0, in: page) }
    #expect(places == places.sorted())
  }

  @Test("O6: a conflict shows both sides, the statements and each webhook")
  func conflict() {
    let page = Self.html(SampleReports.failure)
    for text in ["theirs: what others made of it", "yours: what was not sent", "cdn.example.net", "hooks.example.com"] {
      #expect(page.contains(text), "\(text)")
    }
    for number in 1...6 { #expect(page.contains("<code>whk_\(number)</code>"), "\(number)") }
    #expect(page.contains("migrate.wh:4:1") && page.contains("rename event MESSAGE_SENT to messages.sms.sent"))
  }

  @Test("O6: a page names profile, server, scripts with hashes, version and time")
  func facts() {
    let page = Self.html(SampleReports.success)
    for text in ["production", "https://api.example.com", String(repeating: "0f", count: 32), "wh 0.0.0", "2027-01-15"]
    {
      #expect(page.contains(text), "\(text)")
    }
    #expect(page.contains("✓") && page.contains("done as requested"))
  }

  @Test("O6: a page needs nothing else, is for day and night, and lets long words break")
  func page() {
    let page = Self.html(SampleReports.failure)
    #expect(page.contains("prefers-color-scheme: dark") && page.contains("overflow-wrap: anywhere"))
    #expect(!page.contains("<script") && !page.contains("src=") && !page.contains("<link") && !page.contains("nowrap"))
    #expect(!page.contains("a1b2c3"))
  }

  @Test("O6: JUnit counts planned changes as failures exactly where --exit-code asks for none")
  func junitPlan() {
    #expect(ReportForm.junit.text(of: SampleReports.plan, Redactor()).contains(#"failures="9" errors="0" skipped="0""#))
    let look = SampleReports.report("plan", SampleReports.plan.cases.map(\.kind), exit: 0)
    #expect(ReportForm.junit.text(of: look, Redactor()).contains(#"failures="0" errors="0" skipped="9""#))
  }

  @Test("O6: JUnit names app, webhook and url, what is done to it, and how long it took")
  func junitNames() {
    let text = ReportForm.junit.text(of: SampleReports.failure, Redactor())
    #expect(text.contains(#"name="update shop-1/whk_1 https://old.example.com/hook/1""#))
    #expect(text.contains(#"name="delete shop-0/whk_9 https://old.example.com/hook/9""#))
    #expect(text.contains(#"time="0.250""#) && !text.contains(#"time="0""#))
  }

  @Test("O6: a run that fails without a case is an error, not a success", arguments: [66, 69, 73, 77])
  func unexplained(exit: Int) {
    let report = SampleReports.report("run", [], exit: exit)
    #expect(ReportForm.junit.text(of: report, Redactor()).contains(#"errors="1""#))
    #expect(Self.html(report).contains("✗") && !Self.html(report).contains("✓"))
    #expect(ReportForm.markdown.text(of: report, Redactor()).hasPrefix("### ✗"))
  }

  @Test("O6: the cases of a run share its time")
  func time() async {
    let clock = Clock()
    let sink = ReportSink(now: { clock.now })
    let plan = Plan((1...4).map { SampleReports.moved($0) })
    clock.now = .seconds(8)
    await sink.receive(
      .shown([.summary(PlanSummary(plan: plan, reads: 1, seconds: nil))]), as: Presentation(form: .text))
    #expect(sink.findings.cases.map(\.seconds) == [2, 2, 2, 2])
  }

  private final class Clock: @unchecked Sendable { var now = Duration.zero }
}
