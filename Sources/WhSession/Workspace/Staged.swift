import WhDomain

/// The edits that wait for a commit on one webhook.
package struct Staged: Sendable {
  package struct Step: Sendable {
    package let edit: Edit
    package let origin: Origin
  }

  package private(set) var steps: [Step] = []
  /// What the webhook is to be; nil where nothing was read of it.
  package private(set) var after: Webhook?
  /// What is sent where nothing was read.
  package private(set) var blindPatch = WebhookPatch()

  /// The statement that stages the deletion of the webhook, where one does: then it counts alone.
  package private(set) var deletion: Origin?

  package var origins: [Origin] { deletion.map { [$0] } ?? steps.map(\.origin).uniqued() }

  mutating func delete(_ origin: Origin) {
    deletion = deletion ?? origin
  }

  /// - Throws: `InvalidValue` when the result is one that no request may carry, and then nothing is added.
  mutating func add(_ edit: Edit, _ origin: Origin, to base: Webhook, in app: App) throws(InvalidValue) {
    guard deletion == nil else { throw InvalidValue("is staged to be deleted") }
    after = try edit.applied(to: after ?? base, in: app)
    steps.append(Step(edit: edit, origin: origin))
  }

  /// Adds an edit to a webhook of which nothing is known.
  mutating func addBlind(_ edit: Edit, _ origin: Origin, to id: WebhookID, in app: App) throws(InvalidValue) {
    guard let patch = try edit.blindPatch(for: id, in: app) else { return }
    blindPatch = WebhookPatch(
      url: patch.url ?? blindPatch.url, events: patch.events ?? blindPatch.events,
      headers: patch.headers ?? blindPatch.headers)
    steps.append(Step(edit: edit, origin: origin))
  }

  /// Does all steps again on a webhook that was read anew.
  mutating func rebase(on base: Webhook, in app: App) throws(InvalidValue) {
    var result = base
    for step in steps { result = try step.edit.applied(to: result, in: app) }
    after = result
  }
}
