import WhDomain

/// What is selected, and what is staged on it. It makes the plan of a commit, and does not know how anything is read or
/// sent.
package struct Draft: Sendable {
  /// Nil before anything was selected, and after a selection that failed.
  package private(set) var apps: [App]? { didSet { revision += 1 } }
  package private(set) var webhooks: [WebhookKey]? { didSet { revision += 1 } }
  package private(set) var staged = StagedEdits() { didSet { revision += 1 } }
  /// The creations that wait for a commit.
  package private(set) var creations: [Change] = []
  /// Why the next commit is made, and what is known already of webhooks that it can't change.
  private var purpose = Plan.Purpose.commit
  private var settled: [Outcome] = []
  /// Rises whenever what is selected or staged changes.
  package private(set) var revision = 0

  /// A draft with nothing staged.
  package init(apps: [App]? = nil, webhooks: [WebhookKey]? = nil) {
    self.apps = apps
    self.webhooks = webhooks
  }

  // MARK: The selection

  /// Selects apps; no webhook is selected then.
  mutating func select(apps: [App]?) {
    self.apps = apps
    webhooks = nil
  }

  mutating func select(webhooks: [WebhookKey]?) {
    self.webhooks = webhooks
  }

  /// Takes a webhook that is gone out of the selection.
  mutating func deselect(_ gone: Set<WebhookKey>) {
    if webhooks?.contains(where: gone.contains) ?? false { webhooks?.removeAll(where: gone.contains) }
  }

  // MARK: Staging

  /// The webhooks with staged edits, in the order in which they were first edited.
  package var stagedKeys: [WebhookKey] { Array(staged.table.keys) }

  /// Stages an edit on each of the webhooks, or on none.
  ///
  /// - Returns: what is staged on each of them now.
  /// - Throws: `StagingRefused` for the first webhook that the edit would make one that can't be.
  @discardableResult
  mutating func stage(
    _ edit: any Edit, _ origin: Origin, on keys: some Sequence<WebhookKey>, of holdings: Holdings
  ) throws(StagingRefused) -> [(key: WebhookKey, entry: Staged)] {
    var successors = Staged.Successors(edit, origin)
    var additions: [(key: WebhookKey, entry: Staged)] = []
    additions.reserveCapacity(keys.underestimatedCount)
    for key in keys {
      var entry = staged[key] ?? Staged(holdings.webhook(key))
      do {
        try entry.add(edit, to: key.webhook, in: holdings.app(key.app), &successors)
      } catch {
        throw StagingRefused(key: key, problem: error)
      }
      additions.append((key, entry))
    }
    staged.reserve(additions.count)
    for (key, entry) in additions { staged.put(entry, for: key) }
    return additions
  }

  /// Stages the deletion of webhooks that were read.
  mutating func stageDeletion(_ origin: Origin, of keys: some Sequence<WebhookKey>, of holdings: Holdings) {
    var successors = Staged.Successors(nil, origin)
    for key in keys {
      var entry = staged[key] ?? Staged(holdings.webhook(key))
      entry.delete(&successors)
      staged.put(entry, for: key)
    }
  }

  mutating func stage(creations changes: [Change]) {
    creations += changes
  }

  /// Records that the staged edits revert a run, and what can't be reverted.
  mutating func stageUndo(of run: Int, besides settled: [Outcome]) {
    purpose = .undo(of: run)
    self.settled = settled
  }

  /// Does the staged edits of webhooks again on what was read of them now, of all or of none.
  mutating func rebase(_ keys: some Sequence<WebhookKey>, on holdings: Holdings) throws(StagingRefused) {
    var rebased: [WebhookKey: Staged] = [:]
    for key in keys {
      guard var entry = staged[key], let webhook = holdings.webhook(key) else { continue }
      do {
        try entry.rebase(on: webhook, in: holdings.app(key.app))
      } catch {
        throw StagingRefused(key: key, problem: error)
      }
      rebased[key] = entry
    }
    for (key, entry) in rebased { staged.put(entry, for: key) }
  }

  mutating func unstage(_ keys: some Sequence<WebhookKey>) {
    let dropped = Set(keys)
    staged.removeAll { key, _ in dropped.contains(key) }
  }

  /// Drops what one statement staged, and does the other edits of its webhooks again.
  ///
  /// - Throws: `StagingRefused` for the first webhook that the others would make one that can't be; nothing is dropped then.
  mutating func unstage(_ origin: Origin, in holdings: Holdings) throws(StagingRefused) {
    var changed: [WebhookKey: Staged] = [:]
    for (key, entry) in staged.table
    where entry.origins.contains(origin) || entry.steps.contains(where: { $0.origin == origin }) {
      do {
        changed[key] = try entry.without(origin, for: key.webhook, in: holdings.app(key.app))
      } catch {
        throw StagingRefused(key: key, problem: error)
      }
    }
    for (key, entry) in changed { staged.put(entry, for: key) }
    unstage(changed.filter { $0.value.history == nil }.map(\.key))
    creations.removeAll { $0.origins == [origin] }
    if staged.isEmpty, creations.isEmpty { endCommit() }
  }

  /// Discards all staged changes.
  mutating func rollback() {
    creations = []
    staged = StagedEdits()
    endCommit()
  }

  /// Takes over the outcome of a commit: what is not done stays staged.
  mutating func settle(_ outcomes: [Outcome]) {
    let changes = outcomes.lazy.filter { !$0.change.isCreation }
    var left = Set(changes.filter { !$0.state.isDone }.map(\.change.key))
    // What an undo could not put back may stand beside a change of the same webhook.
    if !left.isEmpty { left.subtract(changes.filter(\.state.isDone).map(\.change.key)) }
    let deleted = Set(changes.filter { $0.state.isDone && $0.change.isDeletion }.map(\.change.key))
    if left.isEmpty { staged = StagedEdits() } else { staged.removeAll { key, _ in !left.contains(key) } }
    dropCreations(of: outcomes)
    deselect(deleted)
    endCommit()
  }

  /// Takes over the outcome of a run that was resumed beside what is staged: that is done to what the webhooks are now.
  mutating func settle(resumed outcomes: [Outcome], in holdings: Holdings) {
    let deleted = outcomes.filter { $0.state == .deleted }.map(\.change.key)
    unstage(deleted)
    deselect(Set(deleted))
    let keys = outcomes.filter { !$0.change.isCreation }.map(\.change.key)
    // Where an edit can't be done any more, what was staged stays, and is a conflict of the next commit.
    for key in keys { try? rebase([key], on: holdings) }
    unstage(keys.filter { staged[$0]?.isChange == false })
    dropCreations(of: outcomes)
  }

  /// What may have been created is not to be sent again: the journal keeps it open, for resume to look.
  private mutating func dropCreations(of outcomes: [Outcome]) {
    for outcome in outcomes where outcome.change.isCreation && (outcome.state.isApplied || outcome.state == .unknown) {
      if let place = creations.firstIndex(of: outcome.change) { creations.remove(at: place) }
    }
  }

  /// Drops creations that another process has made.
  mutating func drop(creations made: [Change]) {
    for change in made {
      let place = creations.firstIndex { $0.app.id == change.app.id && $0.action == change.action }
      if let place { creations.remove(at: place) }
    }
  }

  private mutating func endCommit() {
    purpose = .commit
    settled = []
  }

  // MARK: The plan

  /// All staged edits as a plan.
  package func plan(in holdings: Holdings) -> Plan {
    Plan(changes(in: holdings), purpose: purpose, settled: settled)
  }

  /// All staged edits as changes, with those that come to nothing among them.
  package func changes(in holdings: Holdings) -> [Change] {
    staged.table.map { key, entry in
      Change(app: holdings.app(key.app), key: key, action: entry.action, origins: entry.origins)
    } + creations
  }

  /// How many changes the plan has.
  package var changeCount: Int { creations.count + staged.changeCount }

  /// The statements that staged something, each once.
  package var origins: [Origin] {
    (staged.table.flatMap(\.value.origins) + creations.flatMap(\.origins)).uniqued()
  }
}

/// The webhook that an edit can't be done to, and why.
package struct StagingRefused: Error {
  package let key: WebhookKey
  package let problem: InvalidValue
}
