import WhDomain
import WhSession

/// What is known by name, in a form that answers a Tab at once however much it is.
struct NameIndex: Sendable {
  private let places: [String: Int]
  let appIDs: [String]
  let apps: SortedNames
  let slugs: SortedNames
  /// The ids of the apps without a slug.
  let slugless: SortedNames
  let appNames: SortedNames
  let webhooks: SortedNames
  /// The events and header names of all webhooks that the session has read.
  let usedEvents: [String]
  let usedHeaders: [String]
  /// The hosts of their urls.
  let usedHosts: [String]

  init(_ book: NameBook = NameBook(), holdings: Holdings = Holdings()) {
    let ids = book.apps.map(\.id)
    let others = Set(book.webhooks.keys).subtracting(ids).sorted()
    appIDs = ids + others
    places = Dictionary(appIDs.enumerated().map { ($1, $0) }) { first, _ in first }
    var (names, slugs, titles): ([SortedNames.Entry], [SortedNames.Entry], [SortedNames.Entry]) = ([], [], [])
    var unnamed: [SortedNames.Entry] = []
    for (place, app) in book.apps.enumerated() {
      if let slug = app.slug { slugs.append(SortedNames.Entry(name: slug, hint: app.name, app: place)) }
      if let name = app.name { titles.append(SortedNames.Entry(name: name, hint: app.slug, app: place)) }
      if !app.id.isEmpty, app.slug == nil {
        unnamed.append(SortedNames.Entry(name: app.id, hint: app.name, app: place))
      }
      if !app.id.isEmpty { names.append(SortedNames.Entry(name: app.id, hint: app.slug, app: place)) }
    }
    apps = SortedNames(names + slugs)
    self.slugs = SortedNames(slugs)
    slugless = SortedNames(unnamed)
    appNames = SortedNames(titles)
    var entries: [SortedNames.Entry] = []
    for (app, webhooks) in book.webhooks {
      let place = places[app] ?? 0
      entries += webhooks.map { SortedNames.Entry(name: $0.id, hint: $0.url, app: place) }
    }
    webhooks = SortedNames(entries)
    var (events, headers, hosts): (Set<String>, Set<String>, Set<String>) = ([], [], [])
    for base in holdings.base.values {
      events.formUnion(base.webhook.events)
      headers.formUnion(base.webhook.headers.all.map(\.name))
      if let host = WebhookURL.host(of: base.webhook.url) { hosts.insert(host.text.lowercased()) }
    }
    usedEvents = events.sorted()
    usedHeaders = headers.sorted()
    usedHosts = hosts.sorted()
  }

  /// For each app whether it is one of those named by id or slug; nil where a name is not known.
  func flags(ofApps names: [String]) -> [Bool]? {
    var flags = [Bool](repeating: false, count: appIDs.count)
    for name in names {
      guard let place = places[name] ?? slugs.matching(name).first(where: { $0.name == name })?.app else { return nil }
      flags[place] = true
    }
    return flags
  }
}
