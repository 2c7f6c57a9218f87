import Testing
import WhDomain

@Suite struct WebhookSharingTests {
  private static func webhook(
    url: String = "https://a.example", events: [String] = ["A", "B"],
    headers: [Header] = [Header(name: "X-A", value: "1")]
  ) -> Webhook {
    Webhook(
      id: WebhookID(unchecked: "w1"), appID: AppID(unchecked: "app_1"), url: url, events: events,
      headers: Headers(headers))
  }

  @Test(
    "Sharing changes nothing, not even what only the bytes tell apart",
    arguments: [
      webhook(), webhook(url: "https://b.example"), webhook(events: ["B", "A"]), webhook(events: ["A"]),
      webhook(events: []), webhook(headers: []), webhook(headers: [Header(name: "x-a", value: "1")]),
      webhook(headers: [Header(name: "X-A", value: "2")]), webhook(url: "https://a.example/\u{E9}"),
      webhook(url: "https://a.example/e\u{301}"),
    ])
  func same(answer: Webhook) {
    for other in [Self.webhook(), Self.webhook(url: "https://a.example/\u{E9}", events: ["b"])] {
      let shared = answer.sharing(other)
      #expect(shared.isIdentical(to: answer))
      #expect(shared.headers.all == answer.headers.all)
    }
  }
}
