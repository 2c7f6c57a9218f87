import Testing
import WhDomain

@Suite struct PlanTests {
  private static func update(_ webhook: Webhook?, _ patch: WebhookPatch, _ line: Int = 1) -> Change {
    Change(
      app: Samples.app, webhookID: Samples.webhook.id, action: .update(before: webhook, patch),
      origins: [Origin(source: "t.wh", line: line, column: 1, statement: "s")])
  }

  private static func with(_ patch: WebhookPatch) -> Webhook { patch.applied(to: Samples.webhook) }

  @Test func thePlanOfNoDifferenceIsEmpty() {
    #expect(Plan().isEmpty)
    #expect(Plan([Self.update(Samples.webhook, WebhookPatch())]).isEmpty)
    #expect(WebhookPatch(from: Samples.webhook, to: Samples.webhook).isEmpty)
    #expect(!Plan([Change(app: Samples.app, webhookID: nil, action: .delete(before: Samples.webhook))]).isEmpty)
  }

  @Test func theOrderOfEventsIsNoDifference() {
    #expect(WebhookPatch(from: Samples.webhook, to: Self.with(WebhookPatch(events: ["C", "B", "A"]))).isEmpty)
    #expect(!WebhookPatch(from: Samples.webhook, to: Self.with(WebhookPatch(events: ["C", "B"]))).isEmpty)
  }

  @Test func textsCompareByTheirBytes() {
    let composed = Self.with(WebhookPatch(url: "https://x.example/\u{E9}"))
    let decomposed = Self.with(WebhookPatch(url: "https://x.example/e\u{301}"))
    #expect(WebhookPatch(from: composed, to: decomposed).fields == [.url])
  }

  @Test func beforeAndAfter() {
    let update = Self.update(Samples.webhook, WebhookPatch(url: "https://x.example"))
    #expect(update.before == Samples.webhook)
    #expect(update.after?.url == "https://x.example")
    #expect(update.after?.events == Samples.webhook.events)
    let blind = Self.update(nil, WebhookPatch(url: "https://x.example"))
    #expect(blind.before == nil && blind.after == nil && !blind.isEmpty)
    let delete = Change(app: Samples.app, webhookID: Samples.webhook.id, action: .delete(before: Samples.webhook))
    #expect(delete.before == Samples.webhook && delete.after == nil && !delete.isEmpty)
  }

  @Test func changesOfOneWebhookBecomeOne() {
    let first = WebhookPatch(url: "https://1.example")
    let second = WebhookPatch(events: ["X"])
    let plan = Plan.merging([Self.update(Samples.webhook, first, 1), Self.update(Self.with(first), second, 2)])
    #expect(plan.changes.count == 1)
    #expect(
      plan.changes.first?.action
        == .update(before: Samples.webhook, WebhookPatch(url: "https://1.example", events: ["X"])))
    #expect(plan.changes.first?.origins.map(\.line) == [1, 2])
  }

  @Test func aChangeAndItsOppositeAreNone() {
    let there = WebhookPatch(url: "https://1.example")
    let back = WebhookPatch(url: Samples.webhook.url)
    #expect(Plan.merging([Self.update(Samples.webhook, there), Self.update(Self.with(there), back)]).isEmpty)
  }

  @Test func blindChangesKeepEachField() {
    let first = WebhookPatch(url: "https://1.example", events: ["A"])
    let second = WebhookPatch(events: ["B"], headers: Headers())
    let plan = Plan.merging([Self.update(nil, first), Self.update(nil, second)])
    #expect(
      plan.changes.map(\.action) == [
        .update(before: nil, WebhookPatch(url: "https://1.example", events: ["B"], headers: Headers()))
      ])
  }

  @Test func aBlindChangeBehindAKnownOneLosesNothing() {
    let first = WebhookPatch(url: "https://1.example")
    let plan = Plan.merging([Self.update(Samples.webhook, first), Self.update(nil, WebhookPatch(events: ["B"]))])
    #expect(
      plan.changes.map(\.action) == [
        .update(before: Samples.webhook, WebhookPatch(url: "https://1.example", events: ["B"]))
      ])
  }

  @Test func aDeletionBehindAnUpdateIsADeletionOfWhatWas() {
    let first = WebhookPatch(url: "https://1.example")
    let delete = Change(app: Samples.app, webhookID: Samples.webhook.id, action: .delete(before: Self.with(first)))
    #expect(
      Plan.merging([Self.update(Samples.webhook, first), delete]).changes.map(\.action) == [
        .delete(before: Samples.webhook)
      ])
  }

  /// Only a change that asks for all of an earlier one can take its place.
  @Test func aChangeCoversWhatItAsksForToo() {
    let (url, events) = (WebhookPatch(url: "https://1.example"), WebhookPatch(events: ["B"]))
    let both = WebhookPatch(url: "https://2.example", events: ["A"])
    let delete = Change(app: Samples.app, webhookID: Samples.webhook.id, action: .delete(before: Samples.webhook))
    let other = Change(app: Samples.app, webhookID: Samples.bare.id, action: .update(before: nil, url))
    let create = Change(
      app: Samples.app, webhookID: nil, action: .create(url: "https://x", events: [], headers: Headers()))
    let elsewhere = Change(app: App(id: AppID(unchecked: "app_2")), webhookID: nil, action: create.action)
    func covers(_ later: Change, _ earlier: Change) -> Bool { ChangeIndex([later]).covers(earlier) }
    #expect(covers(Self.update(nil, both), Self.update(nil, url)))
    #expect(!covers(Self.update(nil, url), Self.update(nil, both)))
    #expect(!covers(Self.update(nil, url), Self.update(nil, events)))
    #expect(covers(delete, Self.update(nil, both)))
    #expect(!covers(Self.update(nil, both), delete))
    #expect(!covers(other, Self.update(nil, url)))
    #expect(covers(create, create))
    #expect(!covers(create, elsewhere))
  }

  @Test func otherWebhooksAndCreationsKeepTheirPlaces() {
    let create = Change(
      app: Samples.app, webhookID: nil, action: .create(url: "https://x", events: [], headers: Headers()))
    let other = Change(
      app: Samples.app, webhookID: Samples.bare.id, action: .update(before: nil, WebhookPatch(events: ["A"])))
    let elsewhere = Change(
      app: App(id: AppID(unchecked: "app_2")), webhookID: Samples.webhook.id,
      action: .update(before: nil, WebhookPatch(events: ["A"])))
    let mine = Self.update(Samples.webhook, WebhookPatch(events: ["A"]))
    let plan = Plan.merging([other, mine, create, elsewhere, create, mine])
    #expect(plan.changes.map(\.webhookID) == [Samples.bare.id, Samples.webhook.id, nil, Samples.webhook.id, nil])
    #expect(plan.appCount == 2)
  }

  @Test func selectionsKnowTheirPlainNames() {
    #expect(Selection.names(["a", "b"]).plainNames == ["a", "b"])
    #expect(Selection.names(["a", "b*"]).plainNames == nil)
    #expect(Selection.all.plainNames == nil)
    #expect(Selection.names([]).plainNames == [])
  }
}
