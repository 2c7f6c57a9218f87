import WhDomain

/// The edits that wait for a commit on one webhook.
package struct Staged: Sendable {
  package struct Step: Sendable {
    package let edit: Edit
    package let origin: Origin
  }

  /// What was staged, in its order. The webhooks that the same statements edited share one.
  package final class History: Sendable {
    package let steps: [Step]
    /// The statement that stages the deletion of the webhook, where one does: then it counts alone.
    package let deletion: Origin?
    package let origins: [Origin]

    fileprivate init(steps: [Step] = [], deletion: Origin? = nil) {
      self.steps = steps
      self.deletion = deletion
      origins = deletion.map { [$0] } ?? steps.map(\.origin).uniqued()
    }
  }

  package private(set) var history: History?
  /// What the webhook is to be; nil where nothing was read of it.
  package private(set) var after: Webhook?
  private var blind: Shared<WebhookPatch>?

  /// What is sent where nothing was read.
  package var blindPatch: WebhookPatch { blind?.value ?? WebhookPatch() }

  package var deletion: Origin? { history?.deletion }

  package var origins: [Origin] { history?.origins ?? [] }

  mutating func delete(_ successors: inout Successors) {
    if deletion == nil { history = successors.successor(of: history) }
  }

  /// - Throws: `InvalidValue` when the result is one that no request may carry, and then nothing is added.
  mutating func add(
    _ edit: Edit, to base: Webhook, in app: App, _ successors: inout Successors
  ) throws(InvalidValue) {
    guard deletion == nil else { throw InvalidValue("is staged to be deleted") }
    after = successors.sharingEvents(in: try edit.applied(to: after ?? base, in: app))
    history = successors.successor(of: history)
  }

  /// Adds an edit to a webhook of which nothing is known.
  mutating func addBlind(
    _ edit: Edit, to id: WebhookID, in app: App, _ successors: inout Successors
  ) throws(InvalidValue) {
    guard let patch = try edit.blindPatch(for: id, in: app) else { return }
    let earlier = blindPatch
    blind = Shared(
      WebhookPatch(
        url: patch.url ?? earlier.url, events: patch.events ?? earlier.events,
        headers: patch.headers ?? earlier.headers))
    history = successors.successor(of: history)
  }

  /// Does all steps again on a webhook that was read anew.
  mutating func rebase(on base: Webhook, in app: App) throws(InvalidValue) {
    var result = base
    for step in history?.steps ?? [] { result = try step.edit.applied(to: result, in: app) }
    after = result
  }

  /// What the webhooks that a statement edits have in common: the histories that it makes of those before it, and lists.
  struct Successors {
    /// Nil for a deletion.
    let edit: Edit?
    let origin: Origin
    private var made: [ObjectIdentifier?: History] = [:]
    private var events: Set<[String]> = []

    init(_ edit: Edit?, _ origin: Origin) {
      self.edit = edit
      self.origin = origin
    }

    /// Most webhooks end with the same few lists of events, and each of these is kept once.
    mutating func sharingEvents(in webhook: Webhook) -> Webhook {
      var webhook = webhook
      webhook.events = events.insert(webhook.events).memberAfterInsert
      return webhook
    }

    mutating func successor(of history: History?) -> History {
      let name = history.map(ObjectIdentifier.init)
      if let known = made[name] { return known }
      let steps = history?.steps ?? []
      let successor =
        edit.map { History(steps: steps + [Step(edit: $0, origin: origin)]) }
        ?? History(steps: steps, deletion: origin)
      made[name] = successor
      return successor
    }
  }
}
