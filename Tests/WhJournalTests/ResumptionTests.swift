import Testing
import WhDomain

@testable import WhJournal

@Suite("Resuming an intent")
struct ResumptionTests {
  private static let before = Samples.webhook()
  private static let patch = WebhookPatch(url: "https://b.example.com", events: ["B", "A"])
  private static let after = patch.applied(to: before)
  private static let update = Change.Action.update(before: before, patch)
  private static let blind = Change.Action.update(before: nil, patch)
  private static let creation = Change.Action.create(
    url: before.url, events: before.events, headers: before.headers)
  private static let deletion = Change.Action.delete(before: before)
  private static let seen = RecordedOutcome(state: .created, closesIntent: false, at: .sample)

  private static func with(_ patch: WebhookPatch, on webhook: Webhook = before) -> Webhook {
    patch.applied(to: webhook)
  }

  private static func intent(_ action: Change.Action, _ outcome: RecordedOutcome? = nil) -> Intent {
    let id: WebhookID? = if case .create = action { nil } else { before.id }
    return Intent(
      run: 1, index: 0, change: Change(app: Samples.app, webhookID: id, action: action), outcome: outcome)
  }

  private static let changed = Resumption.conflict("it was changed by others")
  private static let deleted = Resumption.conflict("it was deleted by others")

  private static let cases: [(name: String, intent: Intent, current: Webhook?, expected: Resumption)] = [
    ("as asked", intent(update), after, .done),
    ("as asked, in another order", intent(update), with(WebhookPatch(events: ["A", "B"]), on: after), .done),
    (
      "as asked, in another form", intent(update), with(WebhookPatch(url: "HTTPS://B.example.com:443/"), on: after),
      .done
    ),
    (
      "as asked, and another field changed since", intent(update), with(WebhookPatch(headers: Headers()), on: after),
      .done
    ),
    ("as before", intent(update), before, .send),
    ("as before, in another order", intent(update), with(WebhookPatch(events: before.events.reversed())), .send),
    ("half of it", intent(update), with(WebhookPatch(url: "https://b.example.com")), changed),
    ("another field changed", intent(update), with(WebhookPatch(headers: Headers())), changed),
    ("gone", intent(update), nil, deleted),
    ("only the form is to change", intent(reform), before, .send),
    ("only the form was changed", intent(reform), with(WebhookPatch(url: before.url + ":443")), changed),
    ("as asked, with a mask", intent(secret), with(WebhookPatch(headers: masks), on: after), .done),
    ("as before, with a mask", intent(resecret), with(WebhookPatch(headers: masks)), .send),
    ("another header, beside a mask", intent(secret), with(WebhookPatch(headers: otherMasks), on: after), changed),
    ("blind, as asked", intent(blind), after, .done),
    ("blind, something else", intent(blind), before, .send),
    ("not created", intent(creation), nil, .send),
    ("unknown, and not created", intent(creation, RecordedOutcome(state: .unknown, at: .sample)), nil, .send),
    ("created", intent(creation), before, .done),
    ("seen, and not found", intent(creation, seen), nil, lost),
    (
      "seen in part, and not found",
      intent(creation, RecordedOutcome(state: .appliedDifferently, closesIntent: false, at: .sample)), nil, lost
    ),
    ("seen, and found", intent(creation, seen), before, .done),
    (
      "seen with its id, and gone",
      intent(creation, RecordedOutcome(state: .created, closesIntent: false, answer: before, at: .sample)), nil, deleted
    ),
    ("deleted", intent(deletion), nil, .done),
    ("not deleted", intent(deletion), before, .send),
    ("not deleted, and changed", intent(deletion), after, changed),
  ]

  private static let masks = Headers([Header(name: "X-Signature", value: "********")])
  private static let otherMasks = Headers(masks.all + [Header(name: "X-Team", value: "sms")])
  private static let secret = Change.Action.update(before: before, withSecret)
  private static let resecret = Change.Action.update(before: with(WebhookPatch(headers: masks)), withSecret)
  private static let withSecret = WebhookPatch(
    url: patch.url, events: patch.events, headers: Headers([Header(name: "X-Signature", value: "s3cret")]))

  private static let reform = Change.Action.update(
    before: before, WebhookPatch(url: "https://OLD.example.com/a"))
  private static let lost = Resumption.open(lostReason)
  private static let lostReason = "the service created it, but no webhook of the app matches the request"

  @Test("depends on the state of the service", arguments: 0..<cases.count)
  func decide(index: Int) {
    let (name, intent, current, expected) = Self.cases[index]
    #expect(Resumption.decide(intent, current: current) == expected, "\(name)")
  }

  @Test("is done once its change was applied", arguments: 0..<cases.count)
  func converges(index: Int) {
    let (name, intent, current, decision) = Self.cases[index]
    guard decision == .send else { return }
    let next: Webhook? =
      switch intent.change.action {
      case .update(_, let patch): current.map(patch.applied(to:))
      case .create: Self.before
      case .delete: nil
      }
    #expect(Resumption.decide(intent, current: next) == .done, "\(name)")
  }

  @Test("does not forget that the service confirmed a creation")
  func seen() {
    let taken = Self.intent(Self.creation, Self.seen)
    let first = Resumption.decide(taken, current: nil).outcome(of: taken, nil)
    #expect(first == Outcome(taken.change, .created, message: Self.lostReason, closesIntent: false))
    let next = Self.intent(Self.creation, first.map { RecordedOutcome($0, tries: 1, at: .sample) })
    #expect(Resumption.decide(next, current: nil) == Self.lost)
    let unseen = Self.intent(Self.creation)
    #expect(
      Resumption.open("why").outcome(of: unseen, nil)
        == Outcome(unseen.change, .unknown, message: "why", closesIntent: false))
  }

  @Test("records what it finds")
  func outcomes() {
    let intents = [Self.intent(Self.update), Self.intent(Self.creation), Self.intent(Self.deletion)]
    #expect(
      intents.map { Resumption.done.outcome(of: $0, Self.after)?.state } == [.updated, .appliedDifferently, .deleted])
    #expect(Resumption.done.outcome(of: intents[2], nil)?.answer == nil)
    #expect(Resumption.send.outcome(of: intents[0], Self.before) == nil)
    #expect(
      Resumption.conflict("why").outcome(of: intents[0], Self.before)
        == Outcome(intents[0].change, .conflict, message: "why", answer: Self.before))
  }

  @Test("leaves an ambiguous creation open")
  func several() {
    let expected = Resumption.open("2 webhooks match the request; it is unknown which one was created")
    #expect(Resumption.decide(Self.intent(Self.creation), .several(2)) == expected)
    #expect(Resumption.decide(Self.intent(Self.creation, Self.seen), .several(2)) == expected)
  }
}
