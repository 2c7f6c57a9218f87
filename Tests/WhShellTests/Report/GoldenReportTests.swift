import Foundation
import Testing
import WhSession

@testable import WhShell

/// Each form of four reports, letter for letter. `WH_GOLDEN=record` writes the files again; review them before a commit.
@Suite("Reports, letter for letter")
struct GoldenReportTests {
  private static let reports = [
    ("plan", SampleReports.plan), ("failure", SampleReports.failure), ("success", SampleReports.success),
    ("profiles", SampleReports.profiles),
  ]
  private static let endings: [ReportForm: String] = [
    .junit: "xml", .json: "json", .html: "html", .markdown: "md", .github: "txt",
  ]

  @Test(arguments: reports.map(\.0), ReportForm.allCases)
  func isAsRecorded(name: String, form: ReportForm) throws {
    let report = try #require(Self.reports.first { $0.0 == name }?.1)
    let text = form.text(of: report, Redactor())
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden/\(name).\(Self.endings[form] ?? "")")
    if ProcessInfo.processInfo.environment["WH_GOLDEN"] == "record" {
      try Data(text.utf8).write(to: file)
      Issue.record("recorded: a recording is not a check")
      return
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }
}
