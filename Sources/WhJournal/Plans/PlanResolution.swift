import WhDomain

/// A plan held against what the service has now: what is to be sent, and what stands against it.
package struct PlanResolution: Sendable {
  package private(set) var changes: [Change] = []
  /// Conflicts, and what is as asked already.
  package private(set) var settled: [Outcome] = []
  /// Secrets that were not given, as `header X-Token of whk_1 and 2 more (variable token)`.
  package var missing: [String] { needed.descriptions(given: Set(variables.keys)) }

  private let file: PlanFile
  private let variables: [String: String]
  private var needed = NeededSecrets()
  /// What earlier runs of the plan are left with, of each creation.
  private var earlier: EarlierCreations
  /// Values by their digest.
  private var known: [String: String] = [:]

  /// - Parameters:
  ///   - variables: those of the command line.
  ///   - earlier: the intents of runs of this plan that were not undone, which may have created its webhooks.
  ///   - current: what the service holds of a webhook; nil where it is gone.
  package init(
    _ file: PlanFile, variables: [String: String], earlier: [Intent] = [], current: (WebhookKey) -> Webhook?
  ) {
    self.file = file
    self.variables = variables
    self.earlier = EarlierCreations(earlier)
    for value in variables.values { learn(value) }
    let held = Dictionary(file.keys.map { ($0, current($0)) }, uniquingKeysWith: { first, _ in first })
    for webhook in held.values.compactMap(\.self) {
      learn(webhook.url)
      for header in webhook.headers.all { learn(header.value) }
    }
    for planned in file.changes { add(planned, planned.key.flatMap { held[$0] ?? nil }) }
  }

  private mutating func learn(_ value: String) { known[PlannedText.digest(value, salt: file.salt)] = value }

  private mutating func add(_ planned: PlannedChange, _ current: Webhook?) {
    switch (planned.key, current) {
    case (nil, _):
      guard let intent = earlier.take(Self.change(planned, before: nil, shown)) else { return send(planned, nil) }
      settle(planned, .conflict, intent.reasonAgainstCreation, nil)
    case (.some, nil) where planned.action == "delete": settle(planned, .unchanged, nil, nil)
    case (.some, nil): settle(planned, .conflict, "deleted by others since the plan was made", nil)
    case (.some, let current?):
      if let asked = planned.asked, matches(asked, current) {
        settle(planned, .unchanged, nil, current)
      } else if let before = planned.before, !matches(before, current) {
        settle(planned, .conflict, "changed by others since the plan was made", current)
      } else {
        send(planned, current)
      }
    }
  }

  /// True where a webhook holds what fields say.
  private func matches(_ fields: PlannedChange.Fields, _ webhook: Webhook) -> Bool {
    if let url = fields.url, !url.matches(webhook.url, salt: file.salt) { return false }
    if let events = fields.events, Set(events) != Set(webhook.events) { return false }
    guard let headers = fields.headers else { return true }
    let held = webhook.headers.all
    return headers.count == held.count
      && zip(headers, held).allSatisfy {
        Headers.same($0.name, $1.name) && $0.value.matches($1.value, salt: file.salt)
      }
  }

  private mutating func send(_ planned: PlannedChange, _ current: Webhook?) {
    for (place, text) in planned.askedTexts where value(text) == nil { needed.add(text, at: place) }
    let change = Self.change(planned, before: current, shown)
    changes.append(change)
  }

  /// A text as it was when the plan was made; nil for a secret that is not known.
  private func value(_ text: PlannedText) -> String? {
    guard case .secret(let digest, _, let pieces) = text else { return text.shown }
    if let value = known[digest] { return value }
    guard !pieces.isEmpty else { return nil }
    var value = ""
    for piece in pieces {
      switch piece {
      case .text(let text): value += text
      case .variable(let name):
        guard let given = variables[name] else { return nil }
        value += given
      }
    }
    return text.matches(value, salt: file.salt) ? value : nil
  }

  private mutating func settle(_ planned: PlannedChange, _ state: Outcome.State, _ message: String?, _ answer: Webhook?)
  {
    let before = planned.before.map { fields in
      Webhook(
        id: planned.webhookID ?? WebhookID(unchecked: ""), appID: planned.app.id, url: fields.url.map(shown) ?? "",
        events: fields.events ?? [],
        headers: Headers((fields.headers ?? []).map { Header(name: $0.name, value: shown($0.value)) }))
    }
    let change = Self.change(planned, before: before ?? answer, shown)
    settled.append(Outcome(change, state, message: message, answer: answer))
  }

  private func shown(_ text: PlannedText) -> String { value(text) ?? text.shown }

  private static func change(
    _ planned: PlannedChange, before: Webhook?, _ value: (PlannedText) -> String
  ) -> Change {
    let (url, events) = (planned.asked?.url.map(value), planned.asked?.events)
    let headers = planned.asked?.headers.map { headers in
      Headers(headers.map { Header(name: $0.name, value: value($0.value)) })
    }
    let action: Change.Action =
      if planned.action == "create" {
        .create(url: url ?? "", events: events ?? [], headers: headers ?? Headers())
      } else if planned.action == "delete", let before {
        .delete(before: before)
      } else {
        .update(
          before: planned.before == nil ? nil : before, WebhookPatch(url: url, events: events, headers: headers))
      }
    return Change(app: planned.app, webhookID: planned.webhookID, action: action, origins: planned.origins)
  }
}

/// The creations that earlier runs of a plan made, or may make.
private struct EarlierCreations {
  private var byChange: [Key: [Intent]] = [:]

  private struct Key: Hashable {
    let app: AppID
    let action: Change.Action

    init(_ change: Change) { (app, action) = (change.app.id, change.action) }
  }

  init(_ intents: [Intent]) {
    let standing = intents.filter { $0.change.isCreation && ($0.isOpen || $0.mayHaveBeenDone) }
    byChange = Dictionary(grouping: standing) { Key($0.change) }
  }

  /// The next one of a creation, each once: a plan may create two webhooks that are alike.
  mutating func take(_ creation: Change) -> Intent? { byChange[Key(creation)]?.popLast() }
}

// MARK: - Wording

extension Intent {
  /// Why a creation that is the same is not to be sent.
  fileprivate var reasonAgainstCreation: String {
    if isOpen { return "run \(run) of this plan is to create it: `wh resume \(run)` finishes that run" }
    return state == .unknown ? "run \(run) of this plan may have created it" : "created by run \(run) of this plan"
  }
}
