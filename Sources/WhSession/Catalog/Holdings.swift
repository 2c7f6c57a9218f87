import WhAPI
import WhDomain

/// What was read of the service: its apps and webhooks, and when.
package struct Holdings: Sendable {
  /// A webhook as the service held it, and when it was read, by the monotonic clock.
  package struct Base: Sendable {
    package let webhook: Webhook
    package let readAt: Duration
  }

  /// All apps in the service's order; nil until they were listed.
  package private(set) var directory: [App]? { didSet { listings += 1 } }
  private var known: [AppID: App] = [:]
  package private(set) var base: [WebhookKey: Base] = [:] { didSet { revision += 1 } }
  /// The webhooks of each app that was listed in full, in the service's order.
  private var listed: [AppID: [WebhookKey]] = [:] { didSet { listings += 1 } }
  /// The webhooks of an app that are not among those that were listed.
  private var unreadable: [AppID: UnreadableRows] = [:]
  package private(set) var unreadableApps = UnreadableRows()
  /// Rises when apps or webhooks become known, or are found to be gone.
  package private(set) var listings = 0
  /// Rises when what is known of a webhook changes.
  package private(set) var revision = 0

  package init() {}

  // MARK: Apps

  package mutating func remember(directory apps: [App], unreadable: UnreadableRows = UnreadableRows()) {
    directory = apps
    unreadableApps = unreadable
    for app in apps { known[app.id] = app }
  }

  package func app(_ id: AppID) -> App { known[id] ?? App(id: id) }

  // MARK: Webhooks

  package func webhook(_ key: WebhookKey) -> Webhook? { base[key]?.webhook }

  /// The webhooks of an app; nil when it was never listed in full.
  package func webhooks(of app: AppID) -> [WebhookKey]? { listed[app] }

  /// The webhooks of an app that could not be read when it was listed.
  package func unreadable(of app: AppID) -> UnreadableRows { unreadable[app] ?? UnreadableRows() }

  /// Why a webhook could not be read; nil if it could, or is not there.
  package func unreadable(_ name: String, of app: AppID) -> String? {
    unreadable(of: app).reasons.first { $0.hasPrefix(name + ":") || $0.hasPrefix("webhook \(name) ") }
  }

  /// The apps whose webhooks were all listed.
  package var listedApps: some Sequence<AppID> { listed.keys }

  package mutating func remember(_ webhook: Webhook, of app: AppID, at time: Duration) {
    remember(webhook, at: WebhookKey(app, webhook.id), time)
  }

  private mutating func remember(_ webhook: Webhook, at key: WebhookKey, _ time: Duration) {
    // What is read again unchanged is kept once.
    let known = base[key]?.webhook
    if known == nil { listings += 1 }
    base[key] = Base(webhook: known.flatMap { $0.isIdentical(to: webhook) ? $0 : nil } ?? webhook, readAt: time)
  }

  /// Remembers a whole list: what the app no longer has is forgotten.
  ///
  /// - Parameter later: when those were read that came after the first page.
  package mutating func remember(
    all webhooks: [Webhook], unreadable rows: UnreadableRows = UnreadableRows(), of app: AppID, at time: Duration,
    later: [WebhookID: Duration] = [:]
  ) {
    let keys = webhooks.map { webhook in
      let key = WebhookKey(app, webhook.id)
      // The existing key is kept, so that each is stored once.
      return base.index(forKey: key).map { base.keys[$0] } ?? key
    }
    let present = Set(keys)
    for key in listed[app] ?? [] where !present.contains(key) { base[key] = nil }
    listed[app] = keys
    unreadable[app] = rows.isEmpty ? nil : rows
    for (key, webhook) in zip(keys, webhooks) { remember(webhook, at: key, later[webhook.id] ?? time) }
  }

  /// Adds a webhook that was created here to its app's list, where that was read.
  package mutating func add(_ webhook: Webhook, to app: AppID, at time: Duration) {
    let key = WebhookKey(app, webhook.id)
    remember(webhook, at: key, time)
    if listed[app]?.contains(key) == false { listed[app]?.append(key) }
  }

  /// Forgets a webhook that the service does not have any more.
  package mutating func forget(_ key: WebhookKey) {
    base[key] = nil
    listed[key.app]?.removeAll { $0 == key }
  }

  /// Forgets what was read, except some webhooks and the whole lists of some apps.
  package mutating func forgetReads(except keys: Set<WebhookKey>, listsOf apps: Set<AppID>) {
    listed = listed.filter { apps.contains($0.key) }
    base = base.filter { keys.contains($0.key) || apps.contains($0.key.app) }
  }
}
