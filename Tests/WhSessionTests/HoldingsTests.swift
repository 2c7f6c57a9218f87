import Testing
import WhDomain
import WhSession

/// What is known of the service is what it said last.
@Suite struct HoldingsTests {
  private let app = AppID(unchecked: "app_1")

  @Test func aWebhookThatIsOnNoListAnyMoreIsForgotten() {
    var holdings = Holdings()
    let webhooks = ["w1", "w2"].map { Harness.webhook($0, "app_1", ["A"]) }
    holdings.remember(all: webhooks, of: app, at: .seconds(1))
    holdings.remember(all: [webhooks[1]], of: app, at: .seconds(2))
    #expect(holdings.webhook(WebhookKey(app, webhooks[0].id)) == nil)
    #expect(holdings.webhook(WebhookKey(app, webhooks[1].id)) == webhooks[1])
    #expect(holdings.webhooks(of: app)?.map(\.webhook.text) == ["w2"])
  }
}
