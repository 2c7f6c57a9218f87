import WhDomain
import WhSyntax

/// `expect PREDICATE`, `expect some` and `expect N`: fail unless the selected webhooks are as expected.
struct Expect: LookCommand {
  static let grammar = Grammar(
    "expect",
    .choice([
      ["some", .optional([.predicate(.webhook)])], [.slot("count", .count), .optional([.predicate(.webhook)])],
      [.predicate(.webhook)],
    ]))
  static let help = Help(
    .committing,
    "Fail unless all, some or exactly N selected webhooks match.",
    details: [
      "A webhook that the last commit could not change as requested never matches. An empty selection passes with "
        + "a warning, except with `expect some`; with `config strict on` it fails."
    ],
    examples: [
      Example("expect url ~ https://*"),
      Example("expect not event messages.sms.failed and url ~ https://old.example.com/*"),
      Example("expect some event MESSAGE_SENT; expect 3"),
    ])

  static let usesValues = true

  private enum Amount {
    case all, some
    case exactly(Int)
  }

  private let amount: Amount
  /// Nil where every webhook counts.
  private let predicate: Predicate?

  init(_ arguments: Arguments) throws(Diagnostic) {
    predicate = arguments.match.predicate == nil ? nil : try arguments.predicate()
    if let count = arguments.words("count").first {
      let text = try arguments.text(of: count)
      guard let number = Int(text) else {
        throw .invalid(.invalidOptionValue, "number", text, InvalidValue("is too large"), count.span)
      }
      amount = .exactly(number)
    } else {
      amount = arguments.has("some") ? .some : .all
    }
  }

  func run(in context: LookContext) async throws(Failure) -> Reply {
    let selected = try context.selectedWebhooks()
    if selected.isEmpty, case .all = amount { return try nothingChecked(in: context) }
    context.bench.noteCheck()
    try await context.require(selected)
    if predicate?.needsAppDetails ?? false { try await context.requireDetails(of: selected) }
    let (rows, unmet) = (context.view.rows(selected), context.unmet)
    let seen = rows.map { row in
      Seen(
        row: row, outcome: unmet[WebhookKey(row.app.id, row.webhook.id)],
        isHeld: predicate?.holds(for: row.app, row.webhook) ?? true)
    }
    let misses = seen.filter { !$0.isAsExpected }
    let count = seen.count - misses.count
    switch amount {
    case .all:
      guard misses.isEmpty else {
        throw context.failure(.expectationFailed(misses, of: rows.count, predicate, context.span))
      }
      return [.confirmation(rows.count.counting("webhook is as expected", "webhooks are as expected"))]
    case .some:
      guard count > 0 else { throw context.failure(.noneFound(rows.count, context.span)) }
    case .exactly(let wanted):
      guard count == wanted else {
        throw context.failure(.otherCount(count, wanted, count < wanted ? misses : [], predicate, context.span))
      }
    }
    return [.confirmation(count.counting("webhook, as expected", "webhooks, as expected"))]
  }
}

extension Expect {
  /// An expectation of no webhooks holds, and checks nothing.
  @SessionActor private func nothingChecked(in context: LookContext) throws(Failure) -> Reply {
    if context.options.isStrict { throw context.failure(.nothingChecked(context.span)) }
    return Reply(warnings: [.nothingChecked(context.span).asWarning])
  }
}

/// A checked webhook.
private struct Seen {
  let row: Output.WebhookRow
  /// Its outcome in the last commit, if that did not change it as requested.
  let outcome: Outcome?
  /// True when the predicate holds for it, with the staged edits on top.
  let isHeld: Bool

  var isAsExpected: Bool { isHeld && outcome == nil }
}

extension Diagnostic {
  fileprivate static func nothingChecked(_ span: Span) -> Diagnostic {
    Diagnostic(
      .nothingChecked, "no webhooks are selected, so nothing is checked", at: span,
      label: "use `expect 0` if none are expected, `expect some` if there must be some")
  }

  fileprivate static func expectationFailed(
    _ misses: [Seen], of total: Int, _ predicate: Predicate?, _ span: Span
  ) -> Diagnostic {
    let verb = misses.count.noun("is", "are")
    return Diagnostic(
      .expectationFailed, "\(misses.count) of \(total.counting("webhook")) \(verb) not as expected", at: span,
      notes: notes(on: misses, predicate))
  }

  private static func notes(on misses: [Seen], _ predicate: Predicate?) -> [String] {
    let fields = predicate?.leaves ?? []
    // All of them, for reports and JSON; the screen folds long lists.
    return misses.map { miss in
      let unmet = miss.outcome.map { ["\($0.state.rawValue) in the last commit"] } ?? []
      let why = unmet + (miss.isHeld ? [] : held(miss.row, fields).uniqued())
      return "\(miss.row.app.title)/\(miss.row.webhook.id): " + why.joined(separator: ", ")
    }
  }

  fileprivate static func noneFound(_ total: Int, _ span: Span) -> Diagnostic {
    let message = total == 0 ? "no webhooks selected" : "none of \(total) selected webhooks is as expected"
    return Diagnostic(.expectationFailed, message, at: span)
  }

  fileprivate static func otherCount(
    _ count: Int, _ wanted: Int, _ misses: [Seen], _ predicate: Predicate?, _ span: Span
  ) -> Diagnostic {
    Diagnostic(
      .expectationFailed, "\(count.counting("webhook is", "webhooks are")) as expected, not \(wanted)", at: span,
      notes: notes(on: misses, predicate))
  }

  /// What a webhook holds in the fields that a predicate reads.
  private static func held(_ row: Output.WebhookRow, _ leaves: [Predicate]) -> [String] {
    leaves.map { leaf in
      switch leaf {
      case .field(.url, _), .field(.host, _): "url = \(row.webhook.url)"
      case .field(.headers, _):
        "headers = " + (row.webhook.headers.isEmpty ? "none" : Predicate.names(of: row.webhook.headers))
      case .field(.id, _): "id = \(row.webhook.id)"
      case .field(.slug, _): "slug = \(row.app.slug ?? "unknown")"
      case .field(.name, _): "name = \(row.app.name ?? "unknown")"
      case .field(.status, _): "status = \(row.app.status ?? "unknown")"
      case .moment(.created, _, _): "created = \(row.webhook.createdAt?.text ?? "unknown")"
      case .moment(.updated, _, _): "updated = \(row.webhook.updatedAt?.text ?? "unknown")"
      case .event, .eventLike:
        "events = " + (row.webhook.events.isEmpty ? "none" : row.webhook.events.joined(separator: ", "))
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
