import Foundation
import Testing

@testable import WhSandbox

@Suite("The demo data")
struct DemoDataTests {
  let data = DemoData.standard

  @Test("has the app and the webhook of the reference page")
  func reference() throws {
    let app = try #require(data.apps.first { $0.id == Harness.app })
    #expect(app.slug == "my-app" && app.name == "My App")
    let webhook = try #require(data.webhooks.first { $0.id == Harness.webhook })
    #expect(webhook.appID == app.id)
    #expect(webhook.url == "https://old.example.com/my-app/messages")
    #expect(webhook.events == ["MESSAGE_CREATED", "MESSAGE_DELIVERED"])
    #expect(webhook.headers == ["X-Custom-Header": "value"])
  }

  @Test("is a realistic mix")
  func mix() {
    #expect(data.apps.count >= 12)
    for app in data.apps { #expect(data.webhooks.filter { $0.appID == app.id }.count == 3) }
    #expect(Set(data.apps.map(\.id)).count == data.apps.count)
    #expect(Set(data.apps.map(\.slug)).count == data.apps.count)
    #expect(Set(data.webhooks.map(\.id)).count == data.webhooks.count)
    #expect(data.apps.filter { $0.status == .billingPaused }.count == 1)
    #expect(data.apps.count { $0.slug.hasPrefix("prod-") } >= 3)
    #expect(data.apps.count { $0.slug.hasPrefix("staging-") } >= 3)
    #expect(data.webhooks.count { $0.events.contains("MESSAGE_SENT") } > data.webhooks.count / 2)
    #expect(data.webhooks.count { $0.url.hasPrefix("https://old.example.com/") } > data.webhooks.count / 2)
    #expect(data.webhooks.contains { $0.headers == nil })
    #expect(data.webhooks.contains { $0.headers?["Authorization"] == "Bearer demo-secret" })
    #expect(data.webhooks.allSatisfy { Set($0.events).isSubset(of: EventCatalogue.firstGeneration) })
  }

  @Test("has ids of both forms, and nothing that the service would refuse")
  func ids() throws {
    let uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/
    for id in data.apps.map(\.id) where id != Harness.app {
      #expect(id.wholeMatch(of: uuid) != nil || id.wholeMatch(of: /app_[0-9A-Za-z]{27}/) != nil)
    }
    for id in data.webhooks.map(\.id) {
      #expect(id.wholeMatch(of: uuid) != nil || id.wholeMatch(of: /whk_[0-9A-Za-z]{27}/) != nil)
    }
    #expect(data.apps.contains { $0.id.hasPrefix("app_") })
    #expect(data.webhooks.contains { $0.id.hasPrefix("whk_") })
    for webhook in data.webhooks {
      let body = JSON.object([
        JSON.Member("url", .string(webhook.url)), JSON.Member("events", .strings(webhook.events)),
        JSON.Member("headers", webhook.headers.map(JSON.strings) ?? .null),
      ])
      #expect(throws: Never.self) { try WebhookFields(body: Data(body.text.utf8), options: Options()) }
    }
  }

  @Test("can be of any size, two webhooks in five being old ones", arguments: [(0, 5), (1, 0), (1, 5), (200, 5)])
  func generated(apps: Int, webhooksPerApp: Int) {
    let data = DemoData.generate(apps: apps, webhooksPerApp: webhooksPerApp)
    #expect(data == DemoData.generate(apps: apps, webhooksPerApp: webhooksPerApp))
    #expect(data.apps.count == apps)
    #expect(Set(data.webhooks.map(\.id)).count == apps * webhooksPerApp)
    let old = data.webhooks.filter { $0.events.contains("MESSAGE_SENT") }
    #expect(old.count == apps * webhooksPerApp * 2 / 5)
    #expect(old == data.webhooks.filter { $0.url.hasPrefix("https://old.example.com/") })
  }
}
