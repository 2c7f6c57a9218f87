import WhDomain
import WhJournal
import WhSession

/// What a process's statements come to, as the simulator works it out by itself: what the next commit must write down.
final class Expectation: @unchecked Sendable {
  private var selected: [WebhookKey] = []
  private var staged: [WebhookKey: [Op]] = [:]
  private var creations: [Change] = []
  /// The run that the staged edits put back.
  private(set) var undoing: Int?
  /// The run that `undo` named last.
  private(set) var undone: Int?
  /// True once an undo was staged, whose edits are judged by what they come to.
  private var isOpaque = false

  private enum Op {
    case edit(History.Edit)
    case delete
  }

  /// Takes in that a statement was done.
  ///
  /// - Parameter view: what the session says is selected and staged since.
  func note(_ step: History.Step, _ reply: Reply, _ view: View, _ process: SimulatedProcess) {
    switch step {
    case .use: selected = []
    case .choose: selected = view.draft.webhooks ?? []
    case .edit(let edit): for key in selected { staged[key, default: []].append(.edit(edit)) }
    case .delete: for key in selected { staged[key, default: []].append(.delete) }
    case .create(let url, let event):
      for app in view.draft.apps ?? [] {
        creations.append(
          Change(app: app, webhookID: nil, action: .create(url: url, events: [event], headers: Headers())))
      }
    case .rollback: reset()
    case .refresh:
      selected = view.draft.webhooks ?? []
      staged = staged.filter { view.draft.staged[$0.key] != nil }
    case .undo:
      isOpaque = true
      undoing = reply.undoneRun
      undone = undoing
    case .commit: settle(reply, process)
    case .wait, .goOn: break
    }
  }

  private func reset() {
    (staged, creations, undoing, isOpaque) = ([:], [], nil, false)
  }

  private func settle(_ reply: Reply, _ process: SimulatedProcess) {
    let results = reply.outputs.compactMap { if case .commit(let result) = $0 { result } else { nil } }
    // A commit that was rejected at once says only why; the edits stay staged, but no longer as an undo.
    undoing = nil
    for outcome in results.flatMap(\.outcomes) where outcome.state.isApplied || outcome.state == .unchanged {
      staged[outcome.change.key] = nil
      if outcome.change.isDeletion { selected.removeAll { $0 == outcome.change.key } }
    }
    // What came to nothing is done with.
    let sent = Set(results.flatMap(\.outcomes).map(\.change.key))
    if !results.isEmpty { staged = staged.filter { sent.contains($0.key) || !isIdle($0.value, on: $0.key, process) } }
    // A creation that may have been made is not to be made again.
    for outcome in results.flatMap(\.outcomes) where outcome.state.isApplied || outcome.state == .unknown {
      if let place = creations.firstIndex(where: { $0.isSameCreation(as: outcome.change) }) {
        creations.remove(at: place)
      }
    }
  }

  // MARK: Checks

  /// Compares the recorded intents with the request.
  func check(_ changes: [Change], _ kind: RunMetadata.Kind, _ process: SimulatedProcess) {
    let expected: RunMetadata.Kind = undoing.map { .undo(of: $0) } ?? .commit
    if kind != expected { process.world.report("a commit is recorded as \(kind), and not as \(expected)") }
    if isOpaque { return }
    for change in changes where !change.isCreation { check(change, process) }
    let keys = Set(changes.map(\.key))
    for (key, ops) in staged where !keys.contains(key) && !isIdle(ops, on: key, process) {
      process.world.report("what is staged on \(key.webhook) is not sent")
    }
    let sent = changes.filter(\.isCreation)
    // What another process has finished in the meantime is not repeated.
    let asked = creations.filter { !process.world.isMade($0) }
    if sent.count != asked.count || !sent.allSatisfy({ change in asked.contains { $0.isSameCreation(as: change) } }) {
      process.world.report("\(sent.count) creations are sent, and \(asked.count) were asked for")
    }
  }

  private func check(_ change: Change, _ process: SimulatedProcess) {
    let name = "the change of \(change.key.webhook)"
    guard let ops = staged[change.key] else { return process.world.report("\(name) was not asked for") }
    guard let before = change.before.map(History.Content.init) else {
      return blind(change, ops, name, process)
    }
    let isTrue = (process.world.service.versions[change.key] ?? []).contains { $0.content == before }
    if !isTrue, !process.world.books.isLeft(before, at: change.key, by: process.number) {
      process.world.report("\(name) begins with what the webhook never held")
    }
    let isDeletion = ops.contains { if case .delete = $0 { true } else { false } }
    if isDeletion != change.isDeletion { process.world.report("\(name) is of another kind than was asked for") }
    if let after = change.after.map(History.Content.init), after != applied(ops, to: before) {
      process.world.report("\(name) ends with what was not asked for")
    }
  }

  /// A change of a webhook that was never read can set only what does not depend on it.
  private func blind(_ change: Change, _ ops: [Op], _ name: String, _ process: SimulatedProcess) {
    guard case .update(nil, let patch) = change.action else { return }
    let urls = ops.compactMap { if case .edit(.setURL(let url)) = $0 { url } else { nil } }
    if patch.url != urls.last { process.world.report("\(name) sets another url than was asked for") }
  }

  private func applied(_ ops: [Op], to content: History.Content) -> History.Content {
    ops.reduce(into: content) { content, op in if case .edit(let edit) = op { content.apply(edit) } }
  }

  /// True where the edits come to nothing on something that the webhook held.
  private func isIdle(_ ops: [Op], on key: WebhookKey, _ process: SimulatedProcess) -> Bool {
    (process.world.service.versions[key] ?? []).contains { version in
      version.content.map { applied(ops, to: $0) == $0 } ?? false
    }
  }
}

extension World {
  /// True if a request has created what a creation asks for, and it exists.
  fileprivate func isMade(_ creation: Change) -> Bool {
    guard case .create(let url, _, _) = creation.action else { return false }
    return service.versions.contains { key, versions in
      guard key.app == creation.app.id, case .request = versions[0].cause else { return false }
      return versions[0].content?.url == url
    }
  }
}

extension Change {
  fileprivate func isSameCreation(as other: Change) -> Bool {
    isCreation && app.id == other.app.id && action == other.action
  }
}

extension Reply {
  /// The run that `undo` says to have staged the undo of.
  fileprivate var undoneRun: Int? {
    for case .confirmation(let text) in outputs {
      let words = text.split { " :".contains($0) }
      if let place = words.firstIndex(of: "run"), place + 1 < words.count { return Int(words[place + 1]) }
    }
    return nil
  }
}
