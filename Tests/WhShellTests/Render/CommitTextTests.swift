import Testing
import WhDomain
import WhSession

@testable import WhShell

@Suite("The report of a commit")
struct CommitTextTests {
  private static let rename = Origin(
    source: "migrate.wh", line: 12, column: 3, statement: "rename event MESSAGE_SENT to MESSAGE_SNET")
  private static let move = Origin(
    source: "migrate.wh", line: 14, column: 1, statement: "replace url old.example.com with new.example.com")
  private static let app = App(id: AppID(unchecked: "app_1"), slug: "my-app")

  private static func webhook(_ number: Int, url: String = "https://a.example") -> Webhook {
    Webhook(id: WebhookID(unchecked: "whk_\(number)"), appID: app.id, url: url, events: ["A"])
  }

  private static func change(_ number: Int, _ origins: [Origin] = [rename]) -> Change {
    Change(
      app: app, webhookID: WebhookID(unchecked: "whk_\(number)"),
      action: .update(before: webhook(number), WebhookPatch(url: "https://b.example", events: ["B"])), origins: origins)
  }

  private static func text(_ outcomes: [Outcome], unchanged: Int = 0, isVerbose: Bool = false) -> String {
    CommitText(style: Style(isColoured: false), isVerbose: isVerbose)
      .text(of: RunResult(outcomes: outcomes, unchanged: unchanged))
  }

  @Test func aFailureHasTheMessageAndTheStatement() {
    let outcome = Outcome(Self.change(7), .failed, message: "`MESSAGE_SNET` is not an event")
    #expect(
      Self.text([outcome], unchanged: 2) == """
        failed: 1 webhook: `MESSAGE_SNET` is not an event
          --> migrate.wh:12:3
           |
        12 | rename event MESSAGE_SENT to MESSAGE_SNET
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          my-app/whk_7
        committed: 2 unchanged, 1 failed

        """)
  }

  @Test func equalFailuresAreOneBlock() {
    let text = Self.text((1...500).map { Outcome(Self.change($0), .failed, message: "no such event") })
    #expect(text.ranges(of: "-->").count == 1)
    #expect(text.ranges(of: "no such event").count == 1)
    #expect(text.hasPrefix("failed: 500 webhooks: no such event\n"))
    let listed = text.split(separator: "\n").filter { $0.hasPrefix("  my-app/") }
    #expect(listed == (1...500).map { "  my-app/whk_\($0)" })
  }

  @Test func whereMessagesDifferEachWebhookHasItsOwn() {
    let text = Self.text((1...3).map { Outcome(Self.change($0), .failed, message: "no webhook whk_\($0)") })
    #expect(text.hasPrefix("failed: 3 webhooks\n"))
    #expect(text.ranges(of: "-->").count == 1)
    #expect(text.contains("\n  my-app/whk_2: no webhook whk_2\n"))
  }

  @Test func whatSeveralStatementsAskedForShowsAll() {
    let text = Self.text([
      Outcome(Self.change(1, [Self.rename, Self.move]), .failed, message: "no"),
      Outcome(Self.change(2, [Self.move]), .failed, message: "no"),
    ])
    #expect(text.ranges(of: "-->").count == 3)
    #expect(text.ranges(of: "--> migrate.wh:14:1").count == 2)
    #expect(text.ranges(of: "failed: 1 webhook: no").count == 2)
  }

  @Test func anotherAnswerThanWhatWasAskedForIsTold() {
    let answer = Webhook(
      id: WebhookID(unchecked: "whk_1"), appID: Self.app.id, url: "https://b.example/", events: ["B"])
    let text = Self.text([Outcome(applied: Self.change(1), answer: answer)])
    #expect(text.hasPrefix("applied differently: 1 webhook\n"))
    #expect(text.contains("--> migrate.wh:12:3"))
    #expect(text.contains("theirs:\n      - url     https://a.example\n      + url     https://b.example/"))
    #expect(text.contains("yours:\n      - url     https://a.example\n      + url     https://b.example\n"))
    #expect(text.hasSuffix("committed: 1 applied differently\n"))
  }

  @Test func aConflictShowsBothSides() {
    let theirs = Self.webhook(1, url: "https://c.example")
    let text = Self.text([Outcome(Self.change(1), .conflict, message: "changed by others", answer: theirs)])
    #expect(text.hasPrefix("conflict: 1 webhook: changed by others\n"))
    #expect(text.contains("theirs:\n") && text.contains("+ url     https://c.example") && text.contains("yours:\n"))
  }

  @Test func manyThatWereNotAttemptedAreCounted() {
    let outcomes = (1...90).map { Outcome(Self.change($0), .notAttempted) }
    let text = Self.text(outcomes)
    #expect(text.hasPrefix("not attempted: 90 webhooks\n"))
    #expect(text.contains("  my-app/whk_3\n  … and 87 more (--verbose lists all)\n"))
    #expect(!text.contains("whk_4"))
    #expect(Self.text(outcomes, isVerbose: true).contains("  my-app/whk_90\n"))
  }

  @Test func whatIsAsAskedForIsListedOnlyWhereAllIsAskedFor() {
    let creation = Change(
      app: Self.app, webhookID: nil, action: .create(url: "https://c.example", events: ["A"], headers: Headers()))
    let deletion = Change(
      app: Self.app, webhookID: WebhookID(unchecked: "whk_3"), action: .delete(before: Self.webhook(3)))
    let outcomes = [
      Outcome(applied: Self.change(1), answer: Self.change(1).after), Outcome(applied: creation, answer: nil),
      Outcome(applied: Self.change(2), answer: nil), Outcome(applied: deletion, answer: nil),
    ]
    #expect(Self.text(outcomes) == "committed: 1 created, 2 updated, 1 deleted\n")
    let lines = Self.text(outcomes, isVerbose: true).split(separator: "\n")
    #expect(lines.prefix(2) == ["  updated        my-app/whk_1", "  created        my-app/(new)"])
    #expect(lines.dropFirst(2).first == "  updated        my-app/whk_2" && lines.count == 5)
  }

  @Test func whatCameFromElsewhereIsEscaped() {
    let outcome = Outcome(Self.change(1), .failed, message: "no\u{1B}[2J\nyes")
    let text = Self.text([outcome])
    #expect(!text.contains("\u{1B}") && text.split(separator: "\n")[0].hasSuffix("yes"))
  }
}
