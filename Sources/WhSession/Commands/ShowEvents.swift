import WhDomain
import WhSyntax

/// `show events`: lists the event names.
struct ShowEvents: PrintCommand {
  static let grammar = Grammar.printing("show", "events")
  static let help = Help(
    .looking, "List the known event names, with the number of subscribed webhooks read so far.",
    examples: [Example("show events")])

  init(_ arguments: Arguments) {}

  func run(in context: LookContext) async throws(Failure) -> Reply {
    let view = context.view
    var counts: [String: Int] = [:]
    let apps = Set((view.draft.apps ?? []).map(\.id))
    for key in view.holdings.base.keys where apps.contains(key.app) {
      for event in view.webhook(key)?.events ?? [] { counts[event, default: 0] += 1 }
    }
    let others = counts.keys.filter { !EventCatalogue.contains($0) }.sorted()
    return [
      .events(
        (EventCatalogue.all + others).map {
          Output.EventRow(name: $0, webhooks: counts[$0] ?? 0, isKnown: EventCatalogue.contains($0))
        })
    ]
  }
}
