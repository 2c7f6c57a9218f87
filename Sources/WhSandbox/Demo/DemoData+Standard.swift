extension DemoData {
  /// The apps of a believable organisation that still subscribes the old event names, on a host that it wants to leave.
  package static let standard = DemoData(entries: [
    AppEntry(
      "b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22", "my-app", "My App", since: .utc(2021, 8, 1),
      [
        WebhookEntry(
          "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", path: "messages", [.created, .delivered],
          headers: ["X-Custom-Header": "value"]),
        WebhookEntry("eb2d8390-2244-4960-a30c-14985d10fb70", path: "status", [.sent, .delivered]),
        WebhookEntry("d1ea8ee7-d01b-46f1-a8ea-887855138575", path: "inbound", [.created]),
      ]),
    AppEntry(
      "1f021999-1588-4159-a831-eb1d08013975", "prod-storefront", "Storefront", since: .utc(2021, 9, 14),
      [
        WebhookEntry("e8114154-6093-45ab-a1c4-788b2730f7d9", path: "messages", [.sent, .delivered]),
        WebhookEntry("27308aa8-23c8-433a-a215-d1b193580b52", path: "inbound", [.created]),
        WebhookEntry(
          "whk_Hglq7QXmXxwDMtV9MeURgYTRfxK", path: "audit", [.created, .sent, .delivered],
          headers: ["Authorization": "Bearer demo-secret"]),
      ]),
    AppEntry(
      "731868a9-718a-48b0-a80c-8f86da498a33", "prod-support-desk", "Support Desk", since: .utc(2021, 11, 2),
      [
        WebhookEntry("0d0750c8-6fbb-43a6-a0a7-9db42247ddd6", path: "replies", [.created]),
        WebhookEntry(
          "7ad9c28b-587c-440f-a80c-31827f17e82c", path: "status", [.sent, .delivered], headers: ["X-Team": "support"]),
        WebhookEntry("whk_TwyJfkXh3ntAx3zT8e7y4Ur8cgW", path: "crm", [.sent]),
      ]),
    AppEntry(
      "7a2d59ed-62c0-42a0-a220-0e39441299a4", "prod-appointments", "Appointments", since: .utc(2022, 2, 21),
      [
        WebhookEntry("43254cb5-f92c-4533-a17b-e0bc31ef090f", path: "reminders", [.sent]),
        WebhookEntry(
          "11938463-83a0-483b-adbe-59e7ebfba3d7", path: "confirmations", [.created, .sent],
          headers: ["X-Clinic": "north"]),
        WebhookEntry("f1ae4dbf-edeb-45a3-a663-60e9d58ffa27", path: "status", [.sent, .delivered]),
      ]),
    AppEntry(
      "4d7c8816-8733-4500-a498-cee52620b444", "prod-two-factor", "Two-Factor Codes", since: .utc(2022, 6, 8),
      [
        WebhookEntry(
          "38d0c6d9-a219-46a8-a319-7f4065a41655", path: "codes", [.sent, .delivered], headers: ["X-Api-Key": "demo-key"]
        ),
        WebhookEntry("0bec4ecc-cb4f-4330-a6e6-aa5ca9356840", path: "failures", [.delivered]),
        WebhookEntry("whk_XYkwQ27vWQj41SRVh2dp6AZyGDy", path: "metrics", [.sent]),
      ]),
    AppEntry(
      "app_CI87cZsQOk7vdI5NHZ0zEA9q6bQ", "prod-logistics", "Logistics", since: .utc(2023, 1, 17),
      [
        WebhookEntry("whk_nU8QrqXcuIj0zM1cZPMHtcr4RCf", path: "drivers", [.created, .sent]),
        WebhookEntry("whk_1TK8NggPx8e2sGh7bTOYc5GFAGL", path: "customers", [.sent, .delivered]),
        WebhookEntry("whk_1rimgxypUV1X7zrwmkP9nMA0FYE", path: "depot", [.created], headers: ["X-Region": "eu-west"]),
      ]),
    AppEntry(
      "app_lYdHfNfINuYu7DtESIH7YD1ltAO", "prod-newsletter", "Newsletter", since: .utc(2023, 5, 30),
      status: .billingPaused,
      [
        WebhookEntry("whk_ffD4mTBYrXyLg35sOQy4S4VyhtV", path: "campaigns", [.sent]),
        WebhookEntry("whk_GWtiEGdf2eLQEzYV0suzZfzsvS6", path: "delivery", [.sent, .delivered]),
        WebhookEntry("whk_53USVrBKMDNKC0pjA1Nm5l3am4r", path: "opt-outs", [.created], headers: ["X-List": "weekly"]),
      ]),
    AppEntry(
      "d58740e9-eb4a-47e1-a833-a3f3ee9ecca1", "staging-storefront", "Storefront (staging)", since: .utc(2021, 9, 15),
      [
        WebhookEntry("d6ff3310-0deb-4336-a7af-7e27867b0dc5", path: "messages", [.sent, .delivered]),
        WebhookEntry("ca97a5b3-e7ca-4da0-a026-d87f0ccad8fa", path: "inbound", [.created]),
        WebhookEntry("whk_gQCoXYsexjKK1aePL9YASqUn2yJ", path: "audit", [.created, .sent, .delivered]),
      ]),
    AppEntry(
      "app_z0dbcZuZwCGKst5CCiekGVPbJfl", "staging-support-desk", "Support Desk (staging)", since: .utc(2022, 8, 4),
      [
        WebhookEntry("whk_RIhnCNUrW1qyi164CKmdM9v2VZN", path: "replies", [.created]),
        WebhookEntry(
          "whk_yXHYSkHzo4A4ABu5nTk2EhsfRXS", path: "status", [.sent, .delivered], headers: ["X-Team": "support"]),
        WebhookEntry("whk_AHVooGeMAZ9WKbdMZ2yJYXctl7h", path: "crm", [.sent]),
      ]),
    AppEntry(
      "app_b5N1CCbl00cQfbcHGhSxv5K8iOx", "staging-logistics", "Logistics (staging)", since: .utc(2023, 1, 18),
      [
        WebhookEntry("whk_7GwngFJ4YxZF4bSGi3lgY8GUVHd", path: "drivers", [.created, .sent]),
        WebhookEntry("whk_Ieg3u5VlykYYJX8Z3MNoCHbKxtJ", path: "customers", [.sent, .delivered]),
        WebhookEntry("whk_KZp3Y6MsWZITjYVyFm0EztC5TTm", path: "depot", [.created]),
      ]),
    AppEntry(
      "app_Ayu3zY3ntljCUnPH4zuClfFHLUu", "dev-playground", "Playground", since: .utc(2023, 10, 9),
      [
        WebhookEntry("whk_owrefXSc09ByGXPZnsAAMDBC0aE", path: "messages", [.created, .sent, .delivered]),
        WebhookEntry("whk_Im2Xy3L4ka1twnDzwheWgBHtSa0", path: "echo", [.sent], headers: ["X-Debug": "1"]),
        WebhookEntry(
          "whk_dlxevumLcDwOVztZJ6MeKVhjQiZ", url: "https://demo-tunnel.example.net/hook", [.created, .delivered]),
      ]),
    AppEntry(
      "app_n5VzSKmr6LfaWCbkCmb7GzMbgEZ", "acme-dental", "Acme Dental", since: .utc(2024, 3, 12),
      [
        WebhookEntry("whk_tinwh5qf4Cc4Qd1UkyQuKPDNO0K", path: "reminders", [.sent, .delivered]),
        WebhookEntry("whk_wEENAAOHbUE1ijni885gAx4KtHx", path: "replies", [.created], headers: ["X-Practice": "acme"]),
        WebhookEntry(
          "whk_jOePY9KLzzUAbs99q1IcseRaDZU", url: "https://archive.example.org/messages", [.created, .delivered]),
      ]),
    AppEntry(
      "app_vRHCaBJDGY3gSCwcFwyPf6MlWXQ", "globex-hr", "Globex HR", since: .utc(2024, 7, 1),
      [
        WebhookEntry("whk_CFeYMkkvHyE4AxRk4iPL0iUvy7b", path: "shifts", [.sent]),
        WebhookEntry("whk_BFzYAa2X6Z2Czl3TnZ43AaDyXkd", path: "absences", [.created, .sent]),
        WebhookEntry(
          "whk_Mq3cFeTw4O3B4MGcYCOW6VBTEng", path: "payroll", [.sent, .delivered],
          headers: ["X-Signature": "demo-signature"]),
      ]),
  ])

  /// One app of the table.
  private struct AppEntry {
    let app: App
    let webhooks: [WebhookEntry]

    init(
      _ id: String, _ slug: String, _ name: String, since: Timestamp, status: App.Status = .active,
      _ webhooks: [WebhookEntry]
    ) {
      app = App(id: id, slug: slug, name: name, status: status, createdAt: since, updatedAt: since)
      self.webhooks = webhooks
    }
  }

  /// One webhook of the table: on `old.example.com` in a folder named for its app, unless it has a url of its own.
  private struct WebhookEntry {
    let id: String
    let path: String
    let url: String?
    let events: [OldEvent]
    let headers: [String: String]?

    init(
      _ id: String, path: String = "", url: String? = nil, _ events: [OldEvent], headers: [String: String]? = nil
    ) {
      self.id = id
      self.path = path
      self.url = url
      self.events = events
      self.headers = headers
    }

    func webhook(of app: App) -> Webhook {
      Webhook(
        id: id, appID: app.id, url: url ?? "https://old.example.com/\(app.slug)/\(path)",
        events: events.map(\.rawValue), headers: headers, createdAt: app.createdAt, updatedAt: app.createdAt)
    }
  }

  private init(entries: [AppEntry]) {
    self.init(
      apps: entries.map(\.app),
      webhooks: entries.flatMap { entry in entry.webhooks.map { $0.webhook(of: entry.app) } })
  }
}
