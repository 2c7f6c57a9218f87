import WhDomain
import WhSyntax

/// `show events`: lists the event names.
struct ShowEvents: PrintCommand {
  static let grammar = Grammar.listing("show", "events")
  static let help = Help(
    .looking, "List the known event names, with the number of subscribed webhooks read so far.",
    examples: [Example("show events")])

  private let scope: Scope

  init(_ arguments: Arguments) { scope = arguments.scope }

  func run(in context: LookContext) async throws(Failure) -> Reply {
    let view = context.view
    var counts: [String: Int] = [:]
    let apps = Set((view.draft.apps ?? []).map(\.id))
    for key in view.holdings.base.keys where apps.contains(key.app) {
      for event in view.webhook(key)?.events ?? [] { counts[event, default: 0] += 1 }
    }
    let others = counts.keys.filter { !scope.knows(event: $0) }.sorted()
    return [
      .events(
        (scope.knownEvents + others).map {
          Output.EventRow(name: $0, webhooks: counts[$0] ?? 0, isKnown: scope.knows(event: $0))
        })
    ]
  }
}
