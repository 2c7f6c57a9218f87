import Testing
import WhDomain
import WhSession

@testable import WhShell

@Suite("Changes are grouped by what differs")
struct FaultsO7 {
  private static let origin = Origin(source: "a.wh", line: 1, column: 1, statement: "replace url /v1 with /v2")

  private static func change(_ number: Int, _ before: Webhook, _ after: Webhook) -> Change {
    Change(
      app: SampleReports.app(number), webhookID: before.id,
      action: .update(before: before, WebhookPatch(from: before, to: after)), origins: [origin])
  }

  private static func groups(_ changes: [Change]) -> [Int] {
    ChangeGroup.groups(of: changes.map { ChangeGroup.Item($0) }).map(\.items.count)
  }

  private static func updated(_ number: Int, _ edit: (inout Webhook) -> Void) -> Change {
    let before = SampleReports.webhook(number)
    var after = before
    edit(&after)
    return change(number, before, after)
  }

  @Test("O7: the same edit of many webhooks is one group, whatever their ids and paths")
  func alike() {
    #expect(Self.groups((1...40).map { SampleReports.moved($0) }) == [40])
    let own = (1...40).map { number in Self.updated(number) { $0.url = "https://a.example/\($0.id)" } }
    #expect(own.map { Difference($0).lines.last?.value }.allSatisfy { $0 == "https://a.example/${webhook.id}" })
  }

  @Test("O7: one statement that does different things makes several groups")
  func different() {
    let changes = (1...6).map { number in Self.updated(number) { $0.events = number % 2 == 0 ? ["A"] : ["B"] } }
    #expect(Self.groups(changes) == [3, 3])
  }

  @Test("O7: deletions of different urls are not folded into one")
  func deletions() { #expect(Self.groups([SampleReports.deleted(1), SampleReports.deleted(4)]) == [1, 1]) }

  @Test("O7: a move to another host that changes the path too is not alike")
  func path() {
    let same = (1...2).map { number in Self.updated(number) { $0.url = "https://b.example/hook/\(number)" } }
    let other = Self.updated(3) { $0.url = "https://b.example/other/3" }
    #expect(Self.groups(same + [other]) == [2, 1])
  }

  @Test("O7: outcomes with different messages, or other sides of a conflict, are not alike")
  func outcomes() {
    let theirs = [SampleReports.webhook(1, host: "x.example"), SampleReports.webhook(2, host: "y.example")]
    let items = (1...2).map { Outcome(SampleReports.moved($0), .conflict, message: "changed", answer: theirs[$0 - 1]) }
    #expect(ChangeGroup.groups(of: items.map { ChangeGroup.Item($0) }).count == 2)
    let failures = ["no", "never"].map { Outcome(SampleReports.moved(1), .failed, message: $0) }
    #expect(ChangeGroup.groups(of: failures.map { ChangeGroup.Item($0) }).count == 2)
  }

  @Test("O7: equal ids with two profiles are two groups, which name them")
  func profiles() {
    let items = ["a", "b"].map { ChangeGroup.Item(SampleReports.moved(1), profile: $0) }
    #expect(ChangeGroup.groups(of: items).map(\.key.profile) == ["a", "b"])
  }

  @Test("O7: a short slug is not taken for a placeholder")
  func shortSlug() {
    let app = App(id: AppID(unchecked: "app_1"), slug: "a")
    let change = Change(
      app: app, webhookID: WebhookID(unchecked: "w"), action: .delete(before: SampleReports.webhook(1)))
    #expect(Difference(change).lines.first?.value == "https://old.example.com/hook/1")
  }
}
