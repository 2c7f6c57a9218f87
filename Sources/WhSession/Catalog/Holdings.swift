import WhAPI
import WhDomain

/// What was read of the service: its apps and webhooks, and when.
package struct Holdings: Sendable {
  /// A webhook as the service held it.
  package struct Base: Sendable {
    package let webhook: Webhook
    // In nanoseconds: a run over many webhooks keeps one of these for each.
    private let read: Int64
    private let since: Int64

    /// When it was read, by the monotonic clock: it may be as old as that.
    package var readAt: Duration { .nanoseconds(read) }

    /// True where a read that began at a time may show what came before this.
    func isNewer(than time: Duration) -> Bool { since > time.nanoseconds }

    /// - Parameter since: when it became known; a read that began before then says nothing of it.
    init(_ webhook: Webhook, readAt: Duration, since: Duration) {
      self.webhook = webhook
      read = readAt.nanoseconds
      self.since = since.nanoseconds
    }
  }

  /// All apps in the service's order; nil until they were listed.
  package private(set) var directory: [App]? { didSet { listings += 1 } }
  private var known: [AppID: App] = [:]
  package private(set) var base = WebhookTable<Base>() { didSet { revision += 1 } }
  /// The webhooks of each app that was listed in full, in the service's order.
  private var listed: [AppID: [WebhookKey]] = [:] { didSet { listings += 1 } }
  /// What was read or written alone, and is not in a list that was read since.
  private var alone: Set<WebhookKey> = []
  /// When webhooks were found to be gone: a read that began before then may still show them.
  private var gone: [WebhookKey: Duration] = [:]
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

  /// The key that is kept of a webhook; nil where it was not read.
  func key(_ key: WebhookKey) -> WebhookKey? { base.place(of: key).flatMap { base[place: $0]?.key } }

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

  /// Takes over what a read brought, unless something newer is known: reads and writes of one webhook may overlap.
  ///
  /// - Parameter time: when the read began.
  package mutating func remember(_ webhook: Webhook, of app: AppID, at time: Duration) {
    remember(alone: webhook, at: Self.key(of: webhook, in: app), time)
  }

  /// With a key of one app, that app is known under no id, whatever answers say.
  private static func key(of webhook: Webhook, in app: AppID) -> WebhookKey {
    webhook.appID == app ? webhook.key : WebhookKey(app, webhook.id)
  }

  private mutating func remember(alone webhook: Webhook, at key: WebhookKey, _ time: Duration) {
    if remember(webhook, at: key, time) { alone.insert(key) }
  }

  /// - Returns: true for a webhook that was not known.
  @discardableResult
  private mutating func remember(_ webhook: Webhook, at key: WebhookKey, _ time: Duration) -> Bool {
    guard !isGone(key, since: time) else { return false }
    return keep(webhook, at: key, readAt: time, since: time) { !$0.isNewer(than: time) }
  }

  /// True for what was found to be gone after a read began.
  private func isGone(_ key: WebhookKey, since time: Duration) -> Bool { gone[key].map { $0 > time } ?? false }

  /// - Parameter mayReplace: says whether what is known already gives way.
  /// - Returns: true for a webhook that was not known.
  @discardableResult
  private mutating func keep(
    _ webhook: Webhook, at key: WebhookKey, readAt: Duration, since: Duration,
    over mayReplace: (Base) -> Bool = { _ in true }
  ) -> Bool {
    guard let place = base.place(of: key), let known = base[place: place]?.value else {
      listings += 1
      base.append(Base(webhook, readAt: readAt, since: since), for: key)
      return true
    }
    guard mayReplace(known) else { return false }
    // What is read again unchanged is kept once.
    let isKnown = known.webhook.isIdentical(to: webhook)
    base.replace(at: place, by: Base(isKnown ? known.webhook : webhook, readAt: readAt, since: since))
    return false
  }

  /// Makes room for so many more webhooks at once.
  package mutating func reserve(_ count: Int) { base.reserve(count) }

  /// Remembers a whole list: what the app no longer has is forgotten.
  ///
  /// - Parameter later: when those were read that came after the first page.
  package mutating func remember(
    all webhooks: [Webhook], unreadable rows: UnreadableRows = UnreadableRows(), of app: AppID, at time: Duration,
    later: [WebhookID: Duration] = [:]
  ) {
    var keys: [WebhookKey] = []
    keys.reserveCapacity(webhooks.count)
    for webhook in webhooks {
      let key = Self.key(of: webhook, in: app)
      let began = later[webhook.id] ?? time
      if isGone(key, since: began) { continue }
      // The existing key is kept, so that each is stored once.
      keys.append(self.key(key) ?? key)
      remember(webhook, at: key, began)
    }
    if let former = listed[app] {
      let present = Set(keys)
      for key in former where !present.contains(key) {
        // What was created after the read began is not missing.
        if base[key]?.isNewer(than: time) == true { keys.append(key) } else { base[key] = nil }
      }
    }
    listed[app] = keys
    if !alone.isEmpty { alone.subtract(keys) }
    unreadable[app] = rows.isEmpty ? nil : rows
  }

  /// Takes over what the service holds since a write, and adds it to its app's list, where that was read.
  ///
  /// - Parameters:
  ///   - readAt: how old what is known of it may be: as old as the beginning of the write.
  ///   - end: when the write ended. Reads that began before then may show what came before it.
  package mutating func add(written webhook: Webhook, to app: AppID, readAt: Duration, end: Duration) {
    let key = Self.key(of: webhook, in: app)
    if keep(webhook, at: key, readAt: readAt, since: end) { alone.insert(key) }
    list(key)
  }

  /// Adds a webhook that was read alone to its app's list, where that was read.
  package mutating func add(_ webhook: Webhook, to app: AppID, at time: Duration) {
    let key = Self.key(of: webhook, in: app)
    remember(alone: webhook, at: key, time)
    if base[key] != nil { list(key) }
  }

  /// Nearly all that is written was read in a list, which need not be searched for it then.
  private mutating func list(_ key: WebhookKey) {
    guard alone.contains(key), listed[key.app] != nil else { return }
    alone.remove(key)
    if listed[key.app]?.contains(key) == false { listed[key.app]?.append(key) }
  }

  /// Forgets a webhook that the service does not have any more.
  ///
  /// - Parameter time: when the deletion ended, or the read began that did not find it.
  package mutating func forget(_ key: WebhookKey, at time: Duration) {
    guard base[key]?.isNewer(than: time) != true else { return }
    base[key] = nil
    gone[key] = time
    alone.remove(key)
    if let place = listed[key.app]?.firstIndex(of: key) { listed[key.app]?.remove(at: place) }
  }

  /// Forgets which apps there are, so that they are listed again when that is asked for.
  package mutating func forgetDirectory() { directory = nil }

  /// Forgets what was read, except some webhooks and the whole lists of some apps.
  package mutating func forgetReads(except keys: Set<WebhookKey>, listsOf apps: Set<AppID>) {
    listed = listed.filter { apps.contains($0.key) }
    base.removeAll { key, _ in !keys.contains(key) && !apps.contains(key.app) }
    // What was in a list that is forgotten is in none now.
    alone = Set(base.keys.filter { !apps.contains($0.app) || alone.contains($0) })
  }
}

extension Duration {
  /// Whole nanoseconds.
  fileprivate var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
