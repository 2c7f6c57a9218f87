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

  /// One edit of each kind, and those that come to nothing.
  static let edits: [Edit] = [
    .setURL(Template("https://new.example.com")), .setURL(Template(webhook.url)),
    .setURL(Template([.text("https://x.example/"), .placeholder(.appSlug), .text("/"), .placeholder(.webhookID)])),
    .replaceURL(Template("old.example.com"), with: Template("hooks.example.org")),
    .replaceURL(Template("nowhere"), with: Template("x")), .replaceURL(Template("a"), with: Template("")),
    .setEvents([]), .setEvents(["C", "A"]), .setEvents(["A", "A", "B"]), .addEvents(["D", "A", "D"]), .addEvents([]),
    .removeEvents(["B", "Z"]), .removeEvents(["A", "B", "C"]), .renameEvent("B", to: "X"), .renameEvent("A", to: "C"),
    .renameEvent("Z", to: "Y"), .setHeader(name: "X-New", Template("v")), .setHeader(name: "x-team", Template("sms")),
    .setHeader(name: "X-TEAM", Template("voice")), .setHeader(name: "AUTHORIZATION", Template("Bearer def")),
    .removeHeaders(["x-team"]), .removeHeaders(["Nope", "Authorization"]), .clearHeaders,
  ]
}
