import WhDomain
import WhSyntax

/// `expect PREDICATE`: fails unless every chosen webhook satisfies it.
struct Expect: LookCommand {
  static let grammar = Grammar("expect", .predicate(.webhook))
  static let help = Help(
    .committing, "Fail unless every chosen webhook satisfies a predicate; say which does not, and what it holds.",
    details: ["An empty selection satisfies everything."],
    examples: [
      Example("expect url ~ https://*"),
      Example("expect not event messages.sms.failed and url ~ https://old.example.com/*"),
    ])

  static let usesValues = true

  let predicate: Predicate

  init(_ arguments: Arguments) throws(Diagnostic) {
    predicate = try arguments.predicate()
  }

  func run(in context: LookContext) async throws(Failure) -> Reply {
    let selected = try context.selectedWebhooks()
    if selected.isEmpty { return [.note("no webhooks selected: nothing was checked")] }
    try await context.require(selected)
    if predicate.needsAppDetails { try await context.requireDetails(of: selected) }
    let (rows, unmet) = (context.view.rows(selected), context.unmet)
    let misses = rows.compactMap { row in
      let key = WebhookKey(row.app.id, row.webhook.id)
      let miss = Miss(row: row, outcome: unmet[key], isHeld: predicate.holds(for: row.app, row.webhook))
      return miss.outcome == nil && miss.isHeld ? nil : miss
    }
    guard misses.isEmpty else {
      throw context.failure(.expectationFailed(misses, of: rows.count, predicate, context.span))
    }
    return [.confirmation(rows.count == 1 ? "1 webhook is as expected" : "\(rows.count) webhooks are as expected")]
  }
}

/// A webhook that is not as expected.
private struct Miss {
  let row: Output.WebhookRow
  /// What became of it in the last commit, where that could not bring it where asked.
  let outcome: Outcome?
  /// True when the predicate holds for it, with the staged edits on top.
  let isHeld: Bool
}

extension Diagnostic {
  private static let mostShown = 20

  fileprivate static func expectationFailed(
    _ misses: [Miss], of total: Int, _ predicate: Predicate, _ span: Span
  ) -> Diagnostic {
    let fields = predicate.leaves
    var notes = misses.prefix(mostShown).map { miss in
      let unmet = miss.outcome.map { ["\($0.state.rawValue) in the last commit"] } ?? []
      let why = unmet + (miss.isHeld ? [] : held(miss.row, fields).uniqued())
      return "\(miss.row.app.title)/\(miss.row.webhook.id): " + why.joined(separator: ", ")
    }
    if misses.count > mostShown { notes.append("and \(misses.count - mostShown) more") }
    let verb = misses.count == 1 ? "webhook is" : "webhooks are"
    return Diagnostic(
      .expectationFailed, "\(misses.count) of \(total) \(verb) not as expected", at: span, notes: notes)
  }

  /// What a webhook holds in the fields that a predicate reads.
  private static func held(_ row: Output.WebhookRow, _ leaves: [Predicate]) -> [String] {
    leaves.map { leaf in
      switch leaf {
      case .field(.url, _): "url = \(row.webhook.url)"
      case .field(.id, _): "id = \(row.webhook.id)"
      case .field(.slug, _): "slug = \(row.app.slug ?? "unknown")"
      case .field(.name, _): "name = \(row.app.name ?? "unknown")"
      case .field(.status, _): "status = \(row.app.status ?? "unknown")"
      case .moment(.created, _, _): "created = \(row.webhook.createdAt?.text ?? "unknown")"
      case .moment(.updated, _, _): "updated = \(row.webhook.updatedAt?.text ?? "unknown")"
      case .event: "events = " + (row.webhook.events.isEmpty ? "none" : row.webhook.events.joined(separator: ", "))
      case .header(let name, _): heldHeader(name, row.webhook)
      case .not, .all, .any: ""
      }
    }
  }

  private static func heldHeader(_ name: String, _ webhook: Webhook) -> String {
    guard let value = webhook.headers[name] else { return "no header \(name)" }
    return "header \(name) = \(Header.isSecret(name: name) ? Redactor.mask : value)"
  }
}
