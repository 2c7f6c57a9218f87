import WhDomain

/// What a statement will read, as far as it says so before it runs.
package enum Foreseen: Sendable {
  case nothing
  /// It selects apps: by their names, or nil where only the service knows which.
  case apps(named: [String]?)
  /// It selects every app.
  case allApps
  /// It needs these webhooks of the selected apps.
  case webhooks([String])
  /// It needs the list of each selected app.
  case list
  /// What was read before it is not known after it.
  case forgets
}

/// What the statements of a script read of each app, so that one list replaces the reads of single webhooks.
///
/// It only makes reads fewer: a script that does otherwise than it says is read as if nothing were foreseen.
struct Foresight: Sendable {
  /// What is read of an app.
  struct Reads: Sendable {
    var names: Set<String> = []
    var isListed = false
  }

  /// By an app's id or slug, as the script names it.
  private var byApp: [String: Reads] = [:]
  private var isEachAppListed = false

  init() {}

  /// - Parameter selected: the apps that are selected before the first statement.
  init(_ statements: some Sequence<Statement>, selected: [App]) {
    var selection = Foreseen.apps(named: selected.map(\.id.text))
    for statement in statements {
      let foreseen = statement.command.foreseen
      switch (foreseen, selection) {
      case (.forgets, _): return
      case (.nothing, _): break
      case (.apps, _), (.allApps, _): selection = foreseen
      case (.webhooks(let names), .apps(let apps?)) where apps.count == 1:
        byApp[apps[0], default: Reads()].names.formUnion(names)
      // Of several apps, only lists tell which one has a webhook.
      case (_, .apps(let apps?)): for app in apps { byApp[app, default: Reads()].isListed = true }
      case (_, .allApps): isEachAppListed = true
      case (_, _): break
      }
    }
  }

  func reads(of app: App) -> Reads {
    var reads = byApp[app.id.text] ?? Reads()
    if let slug = app.slug, slug != app.id.text, let named = byApp[slug] {
      reads.names.formUnion(named.names)
      reads.isListed = reads.isListed || named.isListed
    }
    reads.isListed = reads.isListed || isEachAppListed
    return reads
  }
}
