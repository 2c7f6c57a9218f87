import WhDomain
import WhSyntax

/// Which webhooks of some apps a selection names.
@SessionActor struct WebhookChoice {
  let catalog: Catalog
  let apps: [App]
  let argument: SelectionArgument
  /// A webhook with the staged edits on top.
  let view: (WebhookKey) -> Webhook?

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
      if let plain = selection.plainNames, apps.count == 1,
        catalog.holdings.webhooks(of: apps[0].id) == nil
      {
        return try await catalog.webhooks(named: plain.uniqued(), of: apps[0])
      }
      return try pick(names, from: try await catalog.webhooks(of: apps))
    }
  }

  private func pick(_ names: [String], from keys: [WebhookKey]) throws(ReadFailure) -> [WebhookKey] {
    var found: [WebhookKey] = []
    let byID = Dictionary(grouping: keys, by: \.webhook.text)
    for name in names {
      if Glob.isPattern(name) {
        let glob = Glob(name)
        found += keys.filter { glob.matches($0.webhook.text) }
      } else if let matches = byID[name] {
        found += matches
      } else {
        for app in apps {
          if let reason = catalog.holdings.unreadable(name, of: app.id) { throw .unreadableWebhook(name, app, reason) }
        }
        throw .unknownWebhook(name, in: apps, known: keys.map(\.webhook.text))
      }
    }
    return found.uniqued()
  }

  private func place(of problem: ReadFailure, in part: SelectionArgument.Part) -> Span {
    switch problem {
    case .unknownWebhook(let name, _, _, _), .unreadableWebhook(let name, _, _): part.place(of: name)
    default: part.span
    }
  }
}
