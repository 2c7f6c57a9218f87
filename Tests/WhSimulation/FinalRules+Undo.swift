import WhDomain
import WhJournal

extension FinalRules {
  /// Once the last run was resumed and nothing went wrong, nothing is open, except creations whose outcome
  /// is unknown.
  func checkNothingIsLeft() {
    for (number, intents) in intents.sorted(by: { $0.key < $1.key }) where !(books.runs[number]?.isAbandoned ?? true) {
      for intent in intents where intent.isOpen && !isDecidedByNothing(intent, number) {
        world.report("run \(number) is resumed, and \(intent.change.key.webhook) is still open")
      }
    }
  }

  /// True for a creation in an app where other webhooks are new: what it made may have been changed since.
  private func isDecidedByNothing(_ intent: Intent, _ number: Int) -> Bool {
    guard intent.change.isCreation, let time = books.runs[number]?.intents.first?.time else { return false }
    // A run counts from when it was asked for, and its journal may be waited for first.
    let isWaitedFor = !world.history.losses.isEmpty || !world.history.serverStops.isEmpty
    let start = time - 8000 - (isWaitedFor ? SimulatedDatabase.patience : 0)
    return world.service.versions.contains { key, versions in
      key.app == intent.change.app.id && versions[0].time >= start && versions[0].cause != .start
    }
  }

  /// After an undo, all that only the undone run changed is as it was.
  ///
  /// - Parameter undone: the run; nil where the undo was refused.
  func checkUndone(_ undone: Int?) {
    guard let undone else {
      if intents.values.joined().contains(where: { $0.outcome?.state.isApplied ?? false }) {
        world.report("nothing can be undone, and a run has changed something")
      }
      return
    }
    // Where the option says so, one conflict keeps all of it back.
    if world.history.settings.conflicts == "stop" { return }
    let undoing = Set(books.runs.filter { $0.value.kind == .undo(of: undone) }.keys)
    for (key, versions) in world.service.versions {
      guard let first = versions.firstIndex(where: { isCaused($0, by: [undone]) }),
        versions[first...].allSatisfy({ isCaused($0, by: undoing.union([undone])) }),
        let last = versions.last, let left = versions.last(where: { isCaused($0, by: [undone]) })
      else { continue }
      let before = first > 0 ? versions[first - 1].content : nil
      // What was overwritten unseen, within what `recheck` allows, is not known to the undo.
      guard before == nil || isKnown(before, key, undone), isInOrder(versions) else { continue }
      // Which webhook a creation made may be unknown, and then the undo says so.
      guard before != nil || isIdentified(key, undone) else { continue }
      let isGone = left.content == nil && before != nil
      let isBack = isGone ? isMadeAgain(before, in: key.app, by: undoing) : last.content == before
      if !isBack { world.report("run \(undone) is undone, and \(key.webhook) is not as it was") }
    }
  }

  /// False where a request arrived after one that was sent later.
  private func isInOrder(_ versions: [SimulatedService.Version]) -> Bool {
    let numbers = versions.compactMap { if case .request(let number) = $0.cause { number } else { nil } }
    return numbers == numbers.sorted()
  }

  private func isIdentified(_ key: WebhookKey, _ run: Int) -> Bool {
    (intents[run] ?? []).contains { $0.change.app.id == key.app && $0.outcome?.answer?.id == key.webhook }
  }

  private func isKnown(_ before: History.Content?, _ key: WebhookKey, _ run: Int) -> Bool {
    let intent = books.runs[run]?.intents.first { $0.change.key == key }
    return intent?.change.before.map(History.Content.init) == before
  }

  private func isCaused(_ version: SimulatedService.Version, by runs: Set<Int>) -> Bool {
    guard case .request(let number) = version.cause, let request = books.requests[number] else { return false }
    return runs.contains(request.place.run)
  }

  private func isMadeAgain(_ content: History.Content?, in app: AppID, by runs: Set<Int>) -> Bool {
    world.service.versions.contains { key, versions in
      key.app == app && versions.first.map { isCaused($0, by: runs) } ?? false && versions.last?.content == content
    }
  }
}
