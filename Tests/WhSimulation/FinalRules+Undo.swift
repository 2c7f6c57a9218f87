import WhDomain
import WhJournal

extension FinalRules {
  /// Once the last run was resumed and nothing went wrong, nothing is open, but for creations of which nothing tells what
  /// became of them.
  func checkNothingIsLeft() {
    for (number, intents) in intents.sorted(by: { $0.key < $1.key }) where !(books.runs[number]?.isAbandoned ?? true) {
      for intent in intents where intent.isOpen && !isDecidedByNothing(intent, number) {
        world.report("run \(number) is resumed, and \(intent.change.key.webhook) is still open")
      }
    }
  }

  /// True for a creation that the service made, and of which others changed what it made.
  private func isDecidedByNothing(_ intent: Intent, _ number: Int) -> Bool {
    guard intent.change.isCreation, let name = books.runs[number]?.intents[intent.index].name else { return false }
    return world.service.versions.values.contains { versions in
      guard case .request(let request)? = versions.first?.cause else { return false }
      return books.requests[request]?.name == name && versions.count > 1
    }
  }

  /// After an undo all that the undone run changed, and nobody else, is as it was.
  ///
  /// - Parameter undone: the run; nil where the undo was refused.
  func checkUndone(_ undone: Int?) {
    guard let undone else {
      if intents.values.joined().contains(where: { $0.outcome?.state.isApplied ?? false }) {
        world.report("nothing can be undone, and a run has changed something")
      }
      return
    }
    let names = Set((books.runs[undone]?.intents ?? []).map(\.name))
    let undoing = books.runs.values.filter { $0.kind == .undo(of: undone) }.flatMap(\.intents)
    let all = names.union(undoing.map(\.name))
    for (key, versions) in world.service.versions {
      guard let first = versions.firstIndex(where: { isCaused($0, by: names) }),
        versions[first...].allSatisfy({ isCaused($0, by: all) }),
        let last = versions.last, let left = versions.last(where: { isCaused($0, by: names) })
      else { continue }
      let before = first > 0 ? versions[first - 1].content : nil
      let isBack =
        left.content == nil && before != nil ? isMadeAgain(before, in: key.app, undoing) : last.content == before
      if !isBack { world.report("run \(undone) is undone, and \(key.webhook) is not as it was") }
    }
  }

  private func isCaused(_ version: SimulatedService.Version, by names: Set<String>) -> Bool {
    guard case .request(let number) = version.cause, let name = books.requests[number]?.name else { return false }
    return names.contains(name)
  }

  private func isMadeAgain(_ content: History.Content?, in app: AppID, _ undoing: [Books.Intent]) -> Bool {
    let names = Set(undoing.map(\.name))
    return world.service.versions.contains { key, versions in
      key.app == app && versions.first.map { isCaused($0, by: names) } ?? false && versions.last?.content == content
    }
  }
}
