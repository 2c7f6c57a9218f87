import Testing

@testable import WhDomain

@Suite("How a webhook ended")
struct OutcomeTests {
  private static let update = Samples.update(WebhookPatch(url: "https://x"))
  private static let creation = Change(
    app: Samples.app, webhookID: nil, action: .create(url: "https://x", events: ["A", "B"], headers: Headers()))
  private static let deletion = Change(
    app: Samples.app, webhookID: Samples.webhook.id, action: .delete(before: Samples.webhook))

  @Test(
    "follows from the answer of the service",
    arguments: [
      (WebhookPatch(url: "https://x"), WebhookPatch(url: "https://x"), .updated),
      (WebhookPatch(url: "https://x"), WebhookPatch(url: "https://x/"), .appliedDifferently),
      (WebhookPatch(url: "https://e\u{301}"), WebhookPatch(url: "https://\u{E9}"), .appliedDifferently),
      (WebhookPatch(events: ["A", "B"]), WebhookPatch(events: ["B", "A"]), .updated),
      (WebhookPatch(events: ["A", "B"]), WebhookPatch(events: ["B", "A", "B"]), .updated),
      (WebhookPatch(events: ["A", "B"]), WebhookPatch(events: ["A"]), .appliedDifferently),
      (WebhookPatch(events: ["e\u{301}"]), WebhookPatch(events: ["\u{E9}"]), .appliedDifferently),
      (headers(("X", "1")), headers(("x", "1")), .updated),
      (headers(("X", "1")), headers(("X", "2")), .appliedDifferently),
      (headers(("X", "1"), ("x", "2")), headers(("X", "1")), .appliedDifferently),
      (headers(("X", "e\u{301}")), headers(("X", "\u{E9}")), .appliedDifferently),
      (WebhookPatch(url: "https://x"), WebhookPatch(url: "https://x", events: ["Z"]), .updated),
    ] as [(WebhookPatch, WebhookPatch, Outcome.State)])
  func answers(asked: WebhookPatch, answered: WebhookPatch, state: Outcome.State) {
    let answer = answered.applied(to: Samples.webhook)
    #expect(Outcome(applied: Samples.update(asked), answer: answer).state == state)
  }

  @Test("names the change")
  func actions() {
    var made = Samples.webhook
    (made.url, made.events, made.headers) = ("https://x", ["B", "A"], Headers())
    #expect(Outcome(applied: Self.update, answer: nil).state == .updated)
    #expect(Outcome(applied: Self.creation, answer: nil).state == .created)
    #expect(Outcome(applied: Self.creation, answer: made).state == .created)
    #expect(Outcome(applied: Self.creation, answer: Samples.webhook).state == .appliedDifferently)
    #expect(Outcome(applied: Self.deletion, answer: nil).state == .deleted)
  }

  @Test("settles the intent, unless it is unknown or was never tried", arguments: Outcome.State.allCases)
  func settling(state: Outcome.State) {
    #expect(Outcome(Self.update, state).closesIntent == (state != .unknown && state != .notAttempted))
    #expect(!Outcome(Self.update, state, closesIntent: false).closesIntent)
  }

  @Test("is fine only if the webhook is as requested")
  func fine() {
    #expect(Outcome.State.allCases.filter(\.isFine) == [.created, .updated, .deleted, .unchanged])
    #expect(Outcome.State.allCases.filter(\.isApplied) == [.created, .updated, .deleted, .appliedDifferently])
  }

  private static func headers(_ all: (String, String)...) -> WebhookPatch {
    WebhookPatch(headers: Headers(all.map { Header(name: $0.0, value: $0.1) }))
  }
}

extension Samples {
  fileprivate static func update(_ patch: WebhookPatch) -> Change {
    Change(app: app, webhookID: webhook.id, action: .update(before: webhook, patch))
  }
}
