import WhDomain

/// What a session has chosen, what it has read, and what it has staged on top.
package struct Workspace: Sendable {
  /// A webhook as the service held it, and when it was read, by the monotonic clock.
  package struct Base: Sendable {
    package let webhook: Webhook
    package let readAt: Duration
  }

  /// All apps in the service's order; nil until they were listed.
  package private(set) var directory: [App]? { didSet { listings += 1 } }
  private var known: [AppID: App] = [:]
  package var chosenApps: [App]? { didSet { revision += 1 } }
  package var chosen: [WebhookKey]? { didSet { revision += 1 } }
  package private(set) var base: [WebhookKey: Base] = [:] { didSet { revision += 1 } }
  /// The changes of a plan, which nobody sent.
  private var assumed: [WebhookKey: WebhookPatch] = [:]
  private var assumedGone: Set<WebhookKey> = []
  /// The webhooks of each app that was listed whole, in the service's order.
  private var listed: [AppID: [WebhookKey]] = [:] { didSet { listings += 1 } }
  package private(set) var staged: [WebhookKey: Staged] = [:] { didSet { revision += 1 } }
  /// The keys of `staged`, in the order in which they were first edited.
  package private(set) var stagedOrder: [WebhookKey] = []
  /// The creations that wait for a commit.
  package private(set) var creations: [Change] = []
  /// Rises whenever apps or webhooks become known, or are found to be gone.
  package private(set) var listings = 0
  /// Rises whenever what is chosen, read or staged changes.
  package private(set) var revision = 0

  package init() {}

  // MARK: What was read

  package mutating func remember(directory apps: [App]) {
    directory = apps
    for app in apps { known[app.id] = app }
    chosenApps = chosenApps?.map { known[$0.id] ?? $0 }
  }

  package func app(_ id: AppID) -> App { known[id] ?? App(id: id) }

  package mutating func remember(_ webhook: Webhook, of app: AppID, at time: Duration) {
    remember(webhook, at: WebhookKey(app, webhook.id), at: time)
  }

  private mutating func remember(_ webhook: Webhook, at key: WebhookKey, at time: Duration) {
    guard !assumedGone.contains(key) else { return }
    let webhook = assumed[key]?.applied(to: webhook) ?? webhook
    // What is read again and is as it was is kept once.
    let known = base[key]?.webhook
    if known == nil { listings += 1 }
    base[key] = Base(webhook: known.flatMap { $0 == webhook ? $0 : nil } ?? webhook, readAt: time)
  }

  /// Takes a change for done that was not sent: whatever is read of the webhook from now on holds it.
  package mutating func assume(_ patch: WebhookPatch, at key: WebhookKey) {
    let earlier = assumed[key] ?? WebhookPatch()
    assumed[key] = WebhookPatch(
      url: patch.url ?? earlier.url, events: patch.events ?? earlier.events, headers: patch.headers ?? earlier.headers)
    if let known = base[key] { base[key] = Base(webhook: patch.applied(to: known.webhook), readAt: known.readAt) }
  }

  package mutating func remember(all webhooks: [Webhook], of app: AppID, at time: Duration) {
    let keys = webhooks.map { webhook in
      let key = WebhookKey(app, webhook.id)
      // The key that is there already is the one to keep.
      return base.index(forKey: key).map { base.keys[$0] } ?? key
    }
    for key in listed[app] ?? [] where staged[key] == nil { base[key] = nil }
    listed[app] = keys.filter { !assumedGone.contains($0) }
    for (key, webhook) in zip(keys, webhooks) { remember(webhook, at: key, at: time) }
  }

  /// Takes a deletion for done that was not sent.
  package mutating func assumeGone(_ key: WebhookKey) {
    assumedGone.insert(key)
    remove(key)
  }

  /// The webhooks of an app, or nil when it was never listed whole.
  package func webhooks(of app: AppID) -> [WebhookKey]? {
    listed[app]
  }

  /// The apps whose webhooks were all listed.
  package var listedApps: some Sequence<AppID> { listed.keys }

  /// Forgets what was read, but for some webhooks and the whole lists of some apps.
  package mutating func forgetReads(except keys: Set<WebhookKey>, listsOf apps: Set<AppID>) {
    listed = listed.filter { apps.contains($0.key) }
    base = base.filter { keys.contains($0.key) || apps.contains($0.key.app) }
  }

  /// Forgets the lists of some apps, so that the next look lists them anew.
  package mutating func forgetLists(of apps: [AppID]) {
    for app in apps { listed[app] = nil }
  }

  /// Puts back what was known before, where a later reading is not to count, or where it is to be read anew.
  package mutating func restore(_ earlier: Base?, at key: WebhookKey) {
    base[key] = earlier
  }

  /// Adds a webhook that was created to its app's list, where that was read.
  package mutating func list(_ id: WebhookID, in app: AppID) {
    listed[app]?.append(WebhookKey(app, id))
  }

  /// Forgets a webhook that the service does not have any more.
  package mutating func forget(_ key: WebhookKey) {
    base[key] = nil
    listed[key.app]?.removeAll { $0 == key }
  }

  /// Takes out a webhook that was deleted here.
  package mutating func remove(_ key: WebhookKey) {
    forget(key)
    chosen?.removeAll { $0 == key }
  }

  // MARK: The view

  /// What the service holds with the staged edits on top; nil where nothing was read.
  package func view(_ key: WebhookKey) -> Webhook? {
    guard let entry = staged[key] else { return base[key]?.webhook }
    return entry.deletion == nil ? entry.after ?? base[key]?.webhook : nil
  }

  // MARK: Staging

  /// Stages an edit on each of the webhooks, or on none.
  ///
  /// - Throws: `StagingRefused` for the first webhook that the edit would make one that can't be.
  package mutating func stage(_ edit: Edit, _ origin: Origin, on keys: [WebhookKey]) throws(StagingRefused) {
    var successors = Staged.Successors(edit, origin)
    var additions: [(WebhookKey, Staged)] = []
    additions.reserveCapacity(keys.count)
    for key in keys {
      var entry = staged[key] ?? Staged()
      do {
        if let webhook = base[key]?.webhook {
          try entry.add(edit, to: webhook, in: app(key.app), &successors)
        } else {
          try entry.addBlind(edit, to: key.webhook, in: app(key.app), &successors)
        }
      } catch {
        throw StagingRefused(key: key, problem: error)
      }
      additions.append((key, entry))
    }
    for (key, entry) in additions {
      if staged.updateValue(entry, forKey: key) == nil { stagedOrder.append(key) }
    }
  }

  /// Stages the deletion of webhooks that were read.
  package mutating func stageDeletion(_ origin: Origin, of keys: [WebhookKey]) {
    var successors = Staged.Successors(nil, origin)
    for key in keys {
      if staged[key] == nil { stagedOrder.append(key) }
      staged[key, default: Staged()].delete(&successors)
    }
  }

  package mutating func stage(creations changes: [Change]) {
    creations += changes
  }

  /// Does the staged edits of a webhook again on what was read of it now.
  package mutating func rebase(_ key: WebhookKey) throws(StagingRefused) {
    guard var entry = staged[key], let webhook = base[key]?.webhook else { return }
    do {
      try entry.rebase(on: webhook, in: app(key.app))
    } catch {
      throw StagingRefused(key: key, problem: error)
    }
    staged[key] = entry
  }

  package mutating func unstage(_ keys: some Sequence<WebhookKey>) {
    for key in keys { staged[key] = nil }
    stagedOrder.removeAll { staged[$0] == nil }
  }

  /// Takes creations off that were done; of two that are equal, one for each time it is named.
  package mutating func unstage(creations done: [Change]) {
    for change in done {
      if let place = creations.firstIndex(of: change) { creations.remove(at: place) }
    }
  }

  package mutating func rollback() {
    creations = []
    staged = [:]
    stagedOrder = []
  }

  // MARK: The plan

  /// All staged edits as changes, with those that come to nothing among them.
  package var changes: [Change] {
    stagedOrder.compactMap(change) + creations
  }

  /// What is staged on one webhook as a change; nil where nothing is.
  package func change(at key: WebhookKey) -> Change? {
    guard let entry = staged[key] else { return nil }
    if entry.deletion != nil, let before = base[key]?.webhook {
      return Change(
        app: app(key.app), webhookID: key.webhook, action: .delete(before: before), origins: entry.origins)
    }
    return Change(
      app: app(key.app), webhookID: key.webhook,
      action: .update(before: base[key]?.webhook, patch(of: entry, at: key)), origins: entry.origins)
  }

  package var plan: Plan { Plan(changes) }

  /// How many changes the plan has.
  package var changeCount: Int {
    creations.count
      + stagedOrder.count { key in
        guard let entry = staged[key] else { return false }
        return entry.deletion != nil && base[key] != nil || !patch(of: entry, at: key).isEmpty
      }
  }

  private func patch(of entry: Staged, at key: WebhookKey) -> WebhookPatch {
    guard let before = base[key]?.webhook, let after = entry.after else { return entry.blindPatch }
    return WebhookPatch(from: before, to: after)
  }

  /// The statements that staged something, each once.
  package var stagedOrigins: [Origin] {
    (stagedOrder.flatMap { staged[$0]?.origins ?? [] } + creations.flatMap(\.origins)).uniqued()
  }
}

/// The webhook that an edit can't be done to, and why.
package struct StagingRefused: Error {
  package let key: WebhookKey
  package let problem: InvalidValue
}
