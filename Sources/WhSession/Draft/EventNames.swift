import WhDomain
import WhSyntax

/// How many webhooks would hold an event by its old name and by its new one, which the service takes for two events.
struct EventNames: Equatable, Sendable {
  private var counts: [String: Int] = [:]

  init() {}

  /// Counts what webhooks are to hold, as far as it is known.
  init(of keys: [WebhookKey], in view: View) {
    for key in keys { add(view.draft.staged[key]?.events ?? view.holdings.webhook(key)?.events ?? []) }
  }

  /// Counts the events of one more webhook.
  mutating func add(_ events: [String]) {
    for pair in EventCatalogue.namedTwice(in: events) { counts[pair.new, default: 0] += 1 }
  }

  /// What to say of the statement at `span`, before which the names were those of `before`.
  func warnings(since before: EventNames = EventNames(), _ span: Span) -> [Diagnostic] {
    EventCatalogue.renamings.compactMap { pair in
      let count = counts[pair.new] ?? 0
      return count > before.counts[pair.new] ?? 0 ? .eventNamedTwice(pair, count, span) : nil
    }
  }
}

extension Staged {
  /// What the events are to be; nil where they are left as they are.
  fileprivate var events: [String]? {
    if let after { return deletion == nil ? after.events : [] }
    if case .update(_, let patch) = action { return patch.events }
    return nil
  }
}

extension Diagnostic {
  fileprivate static func eventNamedTwice(_ pair: (old: String, new: String), _ count: Int, _ span: Span) -> Diagnostic
  {
    Diagnostic(
      .eventNamedTwice,
      "\(count.counting("webhook")) would have both `\(pair.old)` and `\(pair.new)`, two names of one event", at: span,
      label: "use `rename event \(pair.old) to \(pair.new)`",
      notes: ["the service may refuse such a list, or deliver each message twice"], severity: .warning)
  }
}
