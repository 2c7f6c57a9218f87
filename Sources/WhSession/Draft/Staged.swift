import WhDomain

/// The edits that wait for a commit on one webhook.
package struct Staged: Sendable {
  package struct Step: Sendable {
    package let edit: any Edit
    package let origin: Origin
  }

  /// What was staged, in its order. The webhooks that the same statements edited share one.
  package final class History: Sendable {
    package let steps: [Step]
    /// The statement that stages the deletion of the webhook, where one does: then it counts alone.
    package let deletion: Origin?
    package let origins: [Origin]

    fileprivate init(steps: [Step] = [], deletion: Origin? = nil, origins: [Origin]) {
      self.steps = steps
      self.deletion = deletion
      self.origins = origins
    }
  }

  package private(set) var history: History?
  /// What the webhook held when it was edited first; nil where nothing was read of it.
  package private(set) var before: Webhook?
  /// What the webhook is to be; nil where nothing was read of it.
  package private(set) var after: Webhook?
  private var blind: Boxed<WebhookPatch>?
  /// True where the edits come to a change.
  package private(set) var isChange = false

  init(_ before: Webhook?) {
    self.before = before
  }

  package var deletion: Origin? { history?.deletion }

  package var origins: [Origin] { history?.origins ?? [] }

  /// What the edits come to.
  package var action: Change.Action {
    guard let before, let after else {
      if deletion != nil, let before { return .delete(before: before) }
      return .update(before: before, blind?.value ?? WebhookPatch())
    }
    return deletion == nil ? .update(before: before, WebhookPatch(from: before, to: after)) : .delete(before: before)
  }

  mutating func delete(_ successors: inout Successors) {
    if deletion == nil { history = successors.successor(of: history) }
    isChange = !action.isEmpty
  }

  /// - Throws: `InvalidValue` when the result is one that no request may carry, and then nothing is added.
  mutating func add(_ edit: any Edit, to id: WebhookID, in app: App, _ successors: inout Successors)
    throws(InvalidValue)
  {
    guard deletion == nil else { throw InvalidValue("can't be sent: the webhook is staged to be deleted") }
    if let before {
      let result = try edit.applied(to: after ?? before, in: app)
      try Self.refuseMasked(result, before)
      after = successors.sharingEvents(in: result)
    } else {
      guard let patch = try edit.blindPatch(for: id, in: app) else { return }
      blind = Boxed(patch.filled(from: blind?.value ?? WebhookPatch()))
    }
    history = successors.successor(of: history)
    isChange = !action.isEmpty
  }

  /// Headers are sent all together, so that one which the service shows only masked would lose its value.
  private static func refuseMasked(_ result: Webhook, _ before: Webhook) throws(InvalidValue) {
    guard result.headers != before.headers, let masked = result.headers.all.first(where: \.isMasked) else { return }
    throw InvalidValue(
      "would set header \(masked.name) to the mask that the service returns instead of its value; set the header too")
  }

  /// Does all steps again on a webhook that was read again.
  mutating func rebase(on base: Webhook, in app: App) throws(InvalidValue) {
    var result = base
    for step in history?.steps ?? [] { result = try step.edit.applied(to: result, in: app) }
    before = base
    after = result
    blind = nil
    isChange = !action.isEmpty
  }

  /// The edits, also those that a deletion goes over.
  var steps: [Step] { history?.steps ?? [] }

  /// The same without what one statement staged; without a history if that is all.
  func without(_ origin: Origin, for id: WebhookID, in app: App) throws(InvalidValue) -> Staged {
    var result = Staged(before)
    for step in steps where step.origin != origin {
      var successors = Successors(step.edit, step.origin)
      try result.add(step.edit, to: id, in: app, &successors)
    }
    if let deletion, deletion != origin {
      var successors = Successors(nil, deletion)
      result.delete(&successors)
    }
    return result
  }

  /// Data shared by the webhooks that a statement edits: histories and lists.
  struct Successors {
    /// Nil for a deletion.
    let edit: (any Edit)?
    let origin: Origin
    private var made: [ObjectIdentifier?: History] = [:]
    private var events: Set<[String]> = []

    init(_ edit: (any Edit)?, _ origin: Origin) {
      self.edit = edit
      self.origin = origin
    }

    /// Most webhooks end with the same few lists of events, and each of these is kept once.
    mutating func sharingEvents(in webhook: Webhook) -> Webhook {
      guard edit?.field == .events else { return webhook }
      let (isNew, shared) = events.insert(webhook.events)
      if isNew { return webhook }
      var webhook = webhook
      webhook.events = shared
      return webhook
    }

    mutating func successor(of history: History?) -> History {
      let name = history.map(ObjectIdentifier.init)
      if let known = made[name] { return known }
      let steps = history?.steps ?? []
      let origins = history?.origins ?? []
      let successor: History
      if let edit {
        successor = History(
          steps: steps + [Step(edit: edit, origin: origin)],
          origins: origins.contains(origin) ? origins : origins + [origin])
      } else {
        successor = History(steps: steps, deletion: origin, origins: [origin])
      }
      made[name] = successor
      return successor
    }
  }
}
