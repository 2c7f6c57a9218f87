import WhDomain
import WhSession

/// The events and header names of some webhooks, with the staged edits on top.
struct ChosenNames: Sendable {
  /// Those that at least one of them has.
  let events: [String]
  /// Those that each of them has.
  let commonEvents: Set<String>
  let headers: [String]
  let count: Int

  init(_ keys: [WebhookKey] = [], in view: View = View()) {
    var counts: [String: Int] = [:]
    var headers: Set<String> = []
    var count = 0
    for key in keys {
      guard let webhook = view.webhook(key) else { continue }
      count += 1
      for event in webhook.events { counts[event, default: 0] += 1 }
      for header in webhook.headers.all { headers.insert(header.name) }
    }
    self.count = count
    self.headers = headers.sorted()
    events = counts.keys.sorted()
    commonEvents = Set(counts.filter { $0.value == count }.keys)
  }
}
