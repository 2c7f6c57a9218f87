import Testing
import WhDomain

@testable import WhJournal

@Suite("Resuming an intent")
struct ResumptionTests {
  private static let before = Samples.webhook()
  private static let patch = WebhookPatch(url: "https://b", events: ["B"])
  private static let after = patch.applied(to: before)
  private static let update = Samples.change(.update(before: before, patch))
  private static let blind = Samples.change(.update(before: nil, patch))
  private static let creation = Samples.change(
    .create(url: before.url, events: before.events, headers: before.headers))
  private static let deletion = Samples.change(.delete(before: before))

  private static func with(_ patch: WebhookPatch, on webhook: Webhook = before) -> Webhook {
    patch.applied(to: webhook)
  }

  private static let cases: [(name: String, change: Change, current: Webhook?, expected: Resumption)] = [
    ("as asked", update, after, .done),
    ("as asked, and another field changed since", update, with(WebhookPatch(headers: Headers()), on: after), .done),
    ("as before", update, before, .send),
    ("half of it", update, with(WebhookPatch(url: "https://b")), .conflict("somebody changed it")),
    ("another field changed", update, with(WebhookPatch(headers: Headers())), .conflict("somebody changed it")),
    ("gone", update, nil, .conflict("somebody deleted it")),
    ("blind, as asked", blind, after, .done),
    ("blind, something else", blind, before, .send),
    ("not created", creation, nil, .send),
    ("created", creation, before, .done),
    ("deleted", deletion, nil, .done),
    ("not deleted", deletion, before, .send),
    ("not deleted, and changed", deletion, after, .conflict("somebody changed it")),
  ]

  @Test("does what the service's state asks for", arguments: 0..<cases.count)
  func decide(index: Int) {
    let (name, change, current, expected) = Self.cases[index]
    #expect(Resumption.decide(Intent(run: 1, index: 0, change: change), current: current) == expected, "\(name)")
  }

  @Test("is done once what it says was done", arguments: 0..<cases.count)
  func converges(index: Int) {
    let (name, change, current, decision) = Self.cases[index]
    guard decision == .send else { return }
    let next: Webhook? =
      switch change.action {
      case .update(_, let patch): current.map(patch.applied(to:))
      case .create: Self.before
      case .delete: nil
      }
    #expect(Resumption.decide(Intent(run: 1, index: 0, change: change), current: next) == .done, "\(name)")
  }

  @Test("finds what a creation made among the app's webhooks")
  func creations() throws {
    func webhook(_ id: String, _ created: String, url: String = Self.before.url) throws -> Webhook {
      Webhook(
        id: WebhookID(unchecked: id), appID: Samples.app.id, url: url, events: Self.before.events,
        headers: Self.before.headers, createdAt: try Timestamp(created))
    }
    let webhooks = [
      try webhook("older", "2026-11-24T15:00:00Z"), try webhook("other", "2026-11-24T16:00:01Z", url: "https://b"),
      try webhook("skewed", "2026-11-24T15:58:00Z"), try webhook("second", "2026-11-24T16:00:01Z"),
    ]
    func found(_ taken: Set<WebhookID> = []) -> String? {
      Resumption.creation(Self.creation, among: webhooks, excluding: taken, since: .sample)?.id.text
    }
    #expect(found() == "skewed")
    #expect(found([WebhookID(unchecked: "skewed")]) == "second")
    #expect(found([WebhookID(unchecked: "skewed"), WebhookID(unchecked: "second")]) == nil)
    #expect(Resumption.creation(Self.update, among: [Self.before], since: .sample) == nil)
  }
}

extension Samples {
  fileprivate static func change(_ action: Change.Action) -> Change {
    let id: WebhookID? = if case .create = action { nil } else { webhook().id }
    return Change(app: app, webhookID: id, action: action)
  }
}
