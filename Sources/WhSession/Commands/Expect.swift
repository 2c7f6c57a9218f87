import WhDomain
import WhSyntax

/// `expect PREDICATE`: fails unless every chosen webhook satisfies it.
struct Expect: ValueCommand {
  static let grammar = Grammar("expect", .predicate(.webhook))
  static let help = Help(
    .committing, "Fail unless every chosen webhook satisfies a predicate; say which does not, and what it holds.",
    details: ["An empty selection satisfies everything."],
    examples: [
      Example("expect url ~ https://*"),
      Example("expect not event messages.sms.failed and url ~ https://old.example.com/*"),
    ])

  let predicate: Predicate

  init(_ arguments: Arguments) throws(Diagnostic) {
    predicate = try arguments.predicate()
  }

  func run(in session: isolated Session) async throws(Failure) -> Reply {
    let chosen = try session.requireChosen()
    if chosen.isEmpty { return [.note("no webhook is chosen: the expectation holds of nothing")] }
    try await session.requireViews(of: chosen)
    if predicate.needsAppDetails { try await session.requireAppDetails(of: chosen) }
    let rows = session.rows(chosen)
    let misses = rows.filter { !predicate.holds(for: $0.app, $0.webhook) }
    guard misses.isEmpty else {
      throw session.failure(.expectationFailed(misses, of: rows.count, predicate, session.place))
    }
    return [.confirmation(rows.count == 1 ? "1 webhook is as expected" : "\(rows.count) webhooks are as expected")]
  }
}

extension Diagnostic {
  private static let mostShown = 20

  fileprivate static func expectationFailed(
    _ misses: [Output.WebhookRow], of total: Int, _ predicate: Predicate, _ span: Span
  ) -> Diagnostic {
    let fields = predicate.leaves
    var notes = misses.prefix(mostShown).map { row in
      "\(row.app.title)/\(row.webhook.id): " + held(row, fields).uniqued().joined(separator: ", ")
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
      case .not, .and, .or: ""
      }
    }
  }

  private static func heldHeader(_ name: String, _ webhook: Webhook) -> String {
    guard let value = webhook.headers[name] else { return "no header \(name)" }
    return "header \(name) = \(Header.isSecret(name: name) ? Redactor.mask : value)"
  }
}
