import WhDomain

/// Webhooks and apps to work on.
enum Samples {
  static let app = App(
    id: AppID(unchecked: "app_1"), slug: "my app/ä", name: "My & App", status: "active",
    createdAt: time("2021-01-01T00:00:00Z"), updatedAt: time("2022-01-01T00:00:00Z"))

  static let webhook = Webhook(
    id: WebhookID(unchecked: "whk_1"), appID: app.id, url: "https://old.example.com/a?to=old.example.com",
    events: ["A", "B", "C"],
    headers: Headers([Header(name: "X-Team", value: "sms"), Header(name: "authorization", value: "Bearer abc")]),
    createdAt: time("2021-08-01T00:00:00Z"), updatedAt: time("2023-08-01T12:30:00.5Z"))

  static let bare = Webhook(id: WebhookID(unchecked: "whk_2"), appID: app.id, url: "https://x.example", events: [])

  static func time(_ text: String) -> Timestamp? { try? Timestamp(text) }
}
