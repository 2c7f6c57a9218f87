import WhDomain
import WhSyntax

/// Which webhooks of some apps a selection names.
@SessionActor struct WebhookChoice {
  let catalog: Catalog
  let apps: [App]
  let argument: SelectionArgument
  /// A webhook with the staged edits on top.
  let view: (WebhookKey) -> Webhook?
  /// Nil where names are whole, as in a script.
  var abbreviations: Abbreviations?
  /// What the script reads of the apps besides.
  let foresight: Foresight

  /// - Throws: `Failure` at the name that names nothing.
  func webhooks() async throws(Failure) -> [WebhookKey] {
    if apps.isEmpty { return [] }
    return try await argument.evaluate(by: \.self) { part throws(Failure) in
      do throws(ReadFailure) {
        return try await find(part.selection)
      } catch {
        throw Failure(error, at: place(of: error, in: part))
      }
    }
  }

  private func find(_ selection: Selection) async throws(ReadFailure) -> [WebhookKey] {
    switch selection {
    case .all: return try await catalog.webhooks(of: apps)
    case .matching(let predicate):
      let keys = try await catalog.webhooks(of: apps)
      if predicate.needsAppDetails { try await catalog.requireDetails(of: keys.map(\.app)) }
      return keys.filter { key in
        view(key).map { predicate.holds(for: catalog.holdings.app(key.app), $0) } ?? false
      }
    case .names(let names):
      if let plain = selection.plainNames, apps.count == 1, plain.allSatisfy(isWhole),
        catalog.holdings.webhooks(of: apps[0].id) == nil
      {
        return try await catalog.webhooks(named: plain.uniqued(), of: apps[0], foresight: foresight)
      }
      try await catalog.requireLists(of: apps)
      return try pick(names)
    }
  }

  /// False for a name that only a list can tell the meaning of.
  private func isWhole(_ name: String) -> Bool { !name.isCut && (abbreviations == nil || name.looksLikeID) }

  /// The webhooks that a name is short for, which all have one id; none if there are none.
  private func abbreviated(_ name: String) throws(ReadFailure) -> [WebhookKey] {
    guard let abbreviations else { return [] }
    if let row = abbreviations.row(name) {
      guard apps.contains(where: { $0.id == row.app }) else { throw .unknownWebhook(name, in: apps, known: []) }
      return [row]
    }
    let matches = Abbreviations.matches(name, among: Set(catalog.listed(apps).map(\.webhook.text)))
    guard matches.count < 2 else { throw .ambiguousID(name, matches) }
    return matches.first.map(named) ?? []
  }

  /// The webhooks of the apps with that id. They are looked up, as a script may name each of very many.
  private func named(_ id: String) -> [WebhookKey] {
    apps.compactMap { catalog.holdings.key(WebhookKey($0.id, WebhookID(unchecked: id))) }
  }

  private func pick(_ names: [String]) throws(ReadFailure) -> [WebhookKey] {
    var found: [WebhookKey] = []
    for name in names {
      if Glob.isPattern(name) {
        let glob = Glob(name)
        found += catalog.listed(apps).filter { glob.matches($0.webhook.text) }
      } else if case let matches = named(name), !matches.isEmpty {
        found += matches
      } else if case let short = try abbreviated(name), !short.isEmpty {
        found += short
      } else {
        for app in apps {
          if let reason = catalog.holdings.unreadable(name, of: app.id) { throw .unreadableWebhook(name, app, reason) }
        }
        throw .unknownWebhook(name, in: apps, known: catalog.listed(apps).map(\.webhook.text))
      }
    }
    return found.uniqued()
  }

  private func place(of problem: ReadFailure, in part: SelectionArgument.Part) -> Span {
    switch problem {
    case .unknownWebhook(let name, _, _, _), .unreadableWebhook(let name, _, _), .ambiguousID(let name, _):
      part.place(of: name)
    default: part.span
    }
  }
}
