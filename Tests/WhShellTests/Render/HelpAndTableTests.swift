import Testing
import WhDomain
import WhSession
import WhShell
import WhSyntax

@Suite("Help and tables on a screen")
struct HelpAndTableTests {
  private static func text(_ output: Output, columns: Int, isInteractive: Bool = true) -> [String] {
    let console = Console(
      terminal: TerminalTraits(columns: columns), redactor: Redactor(), .none)
    let renderer = TextRenderer(console, verbosity: .normal, isInteractive: isInteractive)
    return renderer.render(output).output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map(String.init)
  }

  @Test("T20: `help` fits a screen of 24 lines", arguments: [80, 120, 200])
  func overview(columns: Int) {
    let lines = Self.text(.overview(CommandTable.pages), columns: columns)
    #expect(lines.count < 24 && lines.allSatisfy { $0.count <= columns }, "\(lines.joined(separator: "\n"))")
    let text = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
    for page in CommandTable.pages { #expect(text.contains(page.name)) }
    for topic in HelpTopic.all { #expect(text.contains(topic.name)) }
  }

  @Test("T18: each topic fits a screen too", arguments: HelpTopic.all.map(\.name))
  func topics(name: String) throws {
    let lines = try #require(HelpTopic.named(name)).text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count < 24 && lines.allSatisfy { $0.count <= 79 })
  }

  @Test("T18: each code has an explanation", arguments: DiagnosticCode.allCases)
  func codes(code: DiagnosticCode) {
    #expect(code.explanation.hasSuffix("."))
  }

  private static func rows(_ events: [String]) -> [Output.WebhookRow] {
    let app = App(id: AppID(unchecked: "app_1"), slug: "staging-support-desk")
    let webhook = Webhook(
      id: WebhookID(unchecked: "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"), appID: app.id,
      url: "https://old.example.com/my-app/messages", events: events)
    return [Output.WebhookRow(app: app, webhook: webhook, isChosen: true, isEdited: false, isNew: false)]
  }

  @Test(
    "T15: slugs stay whole, and of events as many as there is room for",
    arguments: [
      (80, ["MESSAGE_CREATED"], "MESSAGE_CREATED"), (80, ["MESSAGE_CREATED", "MESSAGE_SENT"], "MESSAGE_CREATED +1"),
      (80, ["A", "B", "C"], "A, B, C"), (200, ["MESSAGE_CREATED", "MESSAGE_SENT"], "MESSAGE_CREATED, MESSAGE_SENT"),
      (80, ["MESSAGE_CREATED", "MESSAGE_SENT", "MESSAGE_DELIVERED"], "MESSAGE_CREATED +2"),
    ])
  func table(columns: Int, events: [String], shown: String) {
    let lines = Self.text(.webhooks(Self.rows(events), isDetailed: false), columns: columns)
    #expect(
      lines.count == 3 && lines[1].contains("  staging-support-desk  ") && lines[1].hasSuffix("  " + shown), "\(lines)")
    #expect(lines[1].count <= columns && lines[2] == "1 webhook (* selected)")
  }

  @Test("A table in batch has no numbers, a table at the prompt has")
  func numbers() {
    let output = Output.webhooks(Self.rows(["A"]), isDetailed: false)
    #expect(Self.text(output, columns: 200, isInteractive: false)[1].hasPrefix("*  "))
    #expect(Self.text(output, columns: 200)[1].hasPrefix("1*  "))
  }
}
