import Testing
import WhDomain

@testable import WhJournal

@Suite("The inverse of a run")
struct InverseTests {
  private static let before = Samples.webhook()
  private static let other = Headers([Header(name: "X-Key", value: "other")])

  private static func intent(
    _ action: Change.Action, _ outcome: RecordedOutcome?, index: Int = 0
  ) -> Intent {
    let id: WebhookID? = if case .create = action { nil } else { before.id }
    return Intent(
      run: 1, index: index, change: Change(app: Samples.app, webhookID: id, action: action), outcome: outcome)
  }

  private static func created(_ answer: Webhook?) -> RecordedOutcome {
    RecordedOutcome(state: .created, answer: answer, at: .sample)
  }

  private static let deleted = RecordedOutcome(state: .deleted, at: .sample)

  private static func updated(_ answer: Webhook? = nil) -> RecordedOutcome {
    RecordedOutcome(state: .updated, answer: answer, at: .sample)
  }

  private static func differently(_ answer: Webhook) -> RecordedOutcome {
    RecordedOutcome(state: .appliedDifferently, answer: answer, at: .sample)
  }

  private static func with(url: String? = nil, events: [String]? = nil, headers: Headers? = nil) -> Webhook {
    WebhookPatch(url: url, events: events, headers: headers).applied(to: before)
  }

  private static let change = Change.Action.update(before: before, WebhookPatch(url: "https://b", events: ["B"]))

  /// What the run left, the current state, and the result of the undo.
  private static let cases: [(name: String, intent: Intent, current: Webhook?, expected: Inversion?)] = [
    (
      "both fields", intent(change, updated()), with(url: "https://b", events: ["B"]),
      undo(with(url: "https://b", events: ["B"]), WebhookPatch(url: before.url, events: before.events))
    ),
    (
      "a field that the run left alone may have changed since", intent(change, updated()),
      with(url: "https://b", events: ["B"], headers: other),
      undo(
        with(url: "https://b", events: ["B"], headers: other), WebhookPatch(url: before.url, events: before.events))
    ),
    (
      "a field that was changed by others since", intent(change, updated()), with(url: "https://c", events: ["B"]),
      .conflict([.url])
    ),
    (
      "all fields changed since", intent(change, updated()), with(url: "https://c", events: []),
      .conflict([.url, .events])
    ),
    (
      "a field that is back already", intent(change, updated()), with(events: ["B"]),
      undo(with(events: ["B"]), WebhookPatch(events: before.events))
    ),
    ("all is back already", intent(change, updated()), before, .nothing),
    ("deleted since", intent(change, updated()), nil, .gone),
    (
      "the service made something else of it", intent(change, differently(with(url: "https://B", events: ["B"]))),
      with(url: "https://B", events: ["B"]),
      undo(with(url: "https://B", events: ["B"]), WebhookPatch(url: before.url, events: before.events))
    ),
    (
      "the service left a field as it was", intent(change, differently(with(events: ["B"]))),
      with(url: "https://b", events: ["B"]),
      undo(with(url: "https://b", events: ["B"]), WebhookPatch(events: before.events))
    ),
    ("the service left all as it was", intent(change, differently(before)), before, nil),
    ("failed", intent(change, RecordedOutcome(state: .failed, at: .sample)), before, nil),
    ("a conflict", intent(change, RecordedOutcome(state: .conflict, at: .sample)), before, nil),
    ("unchanged", intent(change, RecordedOutcome(state: .unchanged, at: .sample)), before, nil),
    ("not attempted", intent(change, RecordedOutcome(state: .notAttempted, at: .sample)), before, nil),
    ("open, and was not done", intent(change, nil), before, .nothing),
    (
      "open, and was done", intent(change, RecordedOutcome(state: .unknown, at: .sample)),
      with(url: "https://b", events: ["B"]),
      undo(with(url: "https://b", events: ["B"]), WebhookPatch(url: before.url, events: before.events))
    ),
    (
      "never read", intent(.update(before: nil, WebhookPatch(url: "https://b")), updated()), with(url: "https://b"),
      .impossible("its previous state was not read")
    ),
    (
      "a creation", intent(creation, created(before)), before,
      .change(Change(app: Samples.app, webhookID: before.id, action: .delete(before: before)))
    ),
    (
      "a creation that was edited since", intent(creation, created(before)), with(headers: other), .conflict([.headers])
    ),
    ("a creation that was deleted since", intent(creation, created(before)), nil, .nothing),
    (
      "the order of the events is the service's own", intent(change, updated()),
      with(url: "https://b", events: ["B", "B"]),
      undo(
        with(url: "https://b", events: ["B", "B"]), WebhookPatch(url: before.url, events: before.events))
    ),
    (
      "only the order of the events was changed",
      intent(.update(before: before, WebhookPatch(events: before.events.reversed())), updated()), before, nil
    ),
    (
      "the service writes the url in another form", intent(change, RecordedOutcome(state: .unknown, at: .sample)),
      with(url: "HTTPS://B/", events: ["B"]),
      undo(with(url: "HTTPS://B/", events: ["B"]), WebhookPatch(url: before.url, events: before.events))
    ),
    (
      "a creation that has another form since", intent(creation, created(before)),
      with(url: "https://OLD.example.com:443/a"),
      .change(
        Change(
          app: Samples.app, webhookID: before.id, action: .delete(before: with(url: "https://OLD.example.com:443/a"))))
    ),
    (
      "a creation that was seen without its id", intent(creation, created(nil)), nil,
      .impossible("the id of the created webhook is unknown")
    ),
    (
      "a creation whose answer was lost", intent(creation, nil), nil,
      .impossible("it may not have been created")
    ),
    (
      "a deletion", intent(.delete(before: before), deleted), nil,
      .change(Change(app: Samples.app, webhookID: nil, action: creation))
    ),
    ("a deletion that was not done", intent(.delete(before: before), nil), before, .nothing),
  ]

  private static let creation = Change.Action.create(url: before.url, events: before.events, headers: before.headers)

  private static func undo(_ current: Webhook, _ patch: WebhookPatch) -> Inversion {
    .change(Change(app: Samples.app, webhookID: before.id, action: .update(before: current, patch)))
  }

  @Test("of one intent", arguments: 0..<cases.count)
  func one(index: Int) {
    let (name, intent, current, expected) = Self.cases[index]
    let reversals = Inverse.reversals(of: [intent])
    #expect(reversals.first?.inversion(of: current) == expected, "\(name)")
    #expect(reversals.count == (expected == nil ? 0 : 1), "\(name)")
  }

  @Test("restores values as they were read, whatever the rules for new values are")
  func verbatim() {
    var odd = Self.before
    odd.url = "https://bob:pass@old.example.com/{id} |\u{200B}" + String(repeating: "x", count: 4000)
    odd.events = ["no event\n", "", "B", "B"]
    odd.headers = Headers([
      Header(name: "X-Key", value: "1"), Header(name: "x-key", value: "2"), Header(name: "", value: "a\u{0}b"),
    ])
    let asked = WebhookPatch(url: "https://b", events: ["B"], headers: Headers([Header(name: "X-Key", value: "1")]))
    let left = asked.applied(to: odd)
    let intent = Self.intent(.update(before: odd, asked), Self.updated(left))
    guard case .change(let change)? = Inverse.reversals(of: [intent]).first?.inversion(of: left) else {
      Issue.record("nothing is undone")
      return
    }
    #expect(change.after?.url == odd.url)
    #expect(change.after?.events == odd.events)
    #expect(change.after?.headers.all == odd.headers.all)
  }

  @Test("does not restore masked values")
  func masked() {
    let (masked, headers) = (Header(name: "X-Secret", value: "********"), WebhookPatch(headers: Self.other))
    let isMasked: (Header) -> Bool = { $0.value == masked.value }
    var before = Self.before
    before.headers = Headers([masked])
    let reason = Inversion.impossible("the service masked the value of its header X-Secret")
    let current = headers.applied(to: before)
    let update = Self.intent(.update(before: before, headers), Self.updated(current))
    #expect(Inverse.reversals(of: [update], isMasked: isMasked).map { $0.inversion(of: current) } == [reason])
    let deletion = Self.intent(.delete(before: before), Self.deleted)
    #expect(Inverse.reversals(of: [deletion], isMasked: isMasked).map { $0.inversion(of: nil) } == [reason])
    // The other fields can be put back.
    let moved = WebhookPatch(url: "https://b").applied(to: before)
    let move = Self.intent(.update(before: before, WebhookPatch(url: "https://b")), Self.updated(moved))
    #expect(
      Inverse.reversals(of: [move], isMasked: isMasked).map { $0.inversion(of: moved) }
        == [Self.undo(moved, WebhookPatch(url: before.url))])
  }

  @Test("of several intents of one webhook restores the state before the first")
  func composition() {
    let (url, events) = (WebhookPatch(url: "https://b"), WebhookPatch(url: "https://c", events: ["C"]))
    let middle = Self.with(url: "https://b")
    let last = Self.with(url: "https://c", events: ["C"])
    let first = Self.intent(.update(before: Self.before, url), Self.updated(middle))
    let second = Self.intent(.update(before: middle, events), Self.updated(last), index: 1)
    let deletion = Self.intent(.delete(before: last), Self.deleted, index: 2)

    let edits = Inverse.reversals(of: [first, second])
    #expect(
      edits.map { $0.inversion(of: last) } == [
        Self.undo(last, WebhookPatch(url: Self.before.url, events: Self.before.events))
      ])
    #expect(edits.map { $0.inversion(of: middle) } == [.conflict([.url])])

    let recreation = Inverse.reversals(of: [first, second, deletion])
    #expect(
      recreation.map { $0.inversion(of: nil) } == [
        .change(Change(app: Samples.app, webhookID: nil, action: Self.creation))
      ])

    let creation = Self.intent(Self.creation, Self.created(Self.before))
    #expect(
      Inverse.reversals(of: [creation, first]).map { $0.inversion(of: middle) } == [
        .change(Change(app: Samples.app, webhookID: Self.before.id, action: .delete(before: middle)))
      ])
    #expect(Inverse.reversals(of: [creation, first, second, deletion]) == [])
  }

  @Test("keeps the order of the webhooks, and the origins that it is given")
  func order() {
    let changes = [3, 1, 2, 1].map { Samples.update($0) }
    let intents = changes.enumerated().map { index, change in
      Intent(run: 1, index: index, change: change, outcome: Self.updated(change.after))
    }
    let reversals = Inverse.reversals(of: intents)
    #expect(reversals.map(\.webhookID?.text) == ["whk_3", "whk_1", "whk_2"])
    let origin = Origin(source: "prompt", line: 1, column: 1, statement: "undo 1")
    guard case .change(let change) = reversals[0].inversion(of: changes[0].after, origins: [origin]) else {
      Issue.record("nothing is undone")
      return
    }
    #expect(change.origins == [origin])
    #expect(change.after?.url == changes[0].before?.url)
  }
}
