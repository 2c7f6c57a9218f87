import WhDomain
import WhJournal

/// What must be true of the service and of the journal in the end, whatever happened.
struct FinalRules {
  let world: World
  /// All runs of the journal, by their numbers.
  let intents: [Int: [Intent]]

  init(_ world: World, _ journal: MemoryRunLog) async throws {
    self.world = world
    var intents: [Int: [Intent]] = [:]
    for run in try await journal.runs() { intents[run.number] = try await journal.allIntents(of: run.number) }
    self.intents = intents
  }

  var books: Books { world.books }

  func check() {
    for (number, intents) in intents.sorted(by: { $0.key < $1.key }) {
      for intent in intents { check(intent, number) }
    }
    checkCreations()
    for (key, versions) in world.service.versions {
      for index in versions.indices { checkOverwriting(versions, index, key) }
    }
  }

  // MARK: What the journal says

  private typealias Version = SimulatedService.Version

  private func check(_ intent: Intent, _ number: Int) {
    let place = Books.Place(run: number, index: intent.index)
    guard let noted = books.intent(place), let outcome = intent.outcome else { return }
    let subject = "run \(number) says that \(noted.name) is \(outcome.state.rawValue)"
    let span = noted.time...max(noted.time, Int(outcome.at.milliseconds - world.start))
    switch outcome.state {
    case .created: checkCreated(intent, noted, outcome, subject)
    case .updated, .deleted, .unchanged, .appliedDifferently:
      let isTrue = versions(of: intent.change.key, in: span).contains { isAsAsked(intent.change, $0.content) }
      if !isTrue, outcome.state != .appliedDifferently { world.report("\(subject), and it never was") }
    case .failed, .notAttempted:
      let isApplied = world.service.versions.values.contains { versions in
        versions.contains {
          span.contains($0.time) && books.isCaused($0.cause, by: place) && !isLate($0, outcome.state)
        }
      }
      // For webhooks that were never read it is unknown what an earlier process did.
      if isApplied, intent.change.before != nil || intent.change.isCreation {
        world.report("\(subject), and it was applied")
      }
    case .conflict: checkConflict(intent, place, span, subject)
    case .unknown: break
    }
  }

  /// True for what a process that had died sent, and what arrived once it was looked for: what is refused after that look
  /// has failed.
  private func isLate(_ version: Version, _ state: Outcome.State) -> Bool {
    guard state == .failed, case .request(let number) = version.cause, let request = books.requests[number] else {
      return false
    }
    return world.processes.contains { $0.number > request.process && $0.isResuming && $0.start <= version.time }
  }

  private func checkCreated(
    _ intent: Intent, _ noted: Books.Intent, _ outcome: RecordedOutcome, _ subject: String
  ) {
    guard let answer = outcome.answer else {
      if !books.wasApplied(noted.name, by: world.service) {
        world.report("\(subject), and it never was")
      }
      return
    }
    let first = world.service.versions[WebhookKey(intent.change.app.id, answer.id)]?.first
    guard case .request(let request)? = first?.cause, books.requests[request]?.name == noted.name else {
      return world.report("\(subject) as \(answer.id), which is another webhook")
    }
  }

  private func checkConflict(_ intent: Intent, _ place: Books.Place, _ span: ClosedRange<Int>, _ subject: String) {
    // What an undo can't know or can't restore asks for nothing, and is no one's doing.
    if intent.change.isEmpty { return }
    guard let before = intent.change.before.map(History.Content.init),
      let versions = world.service.versions[intent.change.key],
      let base = versions.lastIndex(where: { $0.content == before && $0.time <= span.lowerBound })
    else { return }
    let isTouched = versions[(base + 1)...].contains { version in
      version.time <= span.upperBound && !books.isCaused(version.cause, by: place)
    }
    if !isTouched { world.report("\(subject), and no one else changed the webhook") }
  }

  private func isAsAsked(_ change: Change, _ content: History.Content?) -> Bool {
    switch change.action {
    case .delete: return content == nil
    case .create: return true
    case .update(_, let patch):
      guard let content else { return false }
      var asked = content
      asked.apply(patch)
      return asked == content
    }
  }

  /// What a webhook held at some moment of a span.
  private func versions(of key: WebhookKey, in span: ClosedRange<Int>) -> ArraySlice<Version> {
    let all = world.service.versions[key] ?? []
    let first = all.lastIndex { $0.time <= span.lowerBound } ?? 0
    let end = all.lastIndex { $0.time <= span.upperBound + 1 }.map { $0 + 1 } ?? first
    return all[first..<max(first, end)]
  }

  // MARK: What the service did

  /// No creation is made twice: once for the statement that asks for it, and once for each undo that makes it again.
  private func checkCreations() {
    var made: [String: Int] = [:]
    for versions in world.service.versions.values {
      guard case .request(let number)? = versions.first?.cause, let name = books.requests[number]?.name else {
        continue
      }
      // What was deleted since can't be distinguished from what was never created.
      if versions.last?.content != nil { made[name, default: 0] += 1 }
    }
    for (name, count) in made {
      let kinds = (books.places[name] ?? []).compactMap { books.runs[$0.run]?.kind }
      let allowed = min(1, kinds.count { $0 == .commit }) + kinds.count { $0 != .commit }
      if count > allowed { world.report("created \(count) times: \(name)") }
    }
  }

  /// What another client did is not overwritten, unless it was done less than `recheck` before the request went out,
  /// or while the webhook was read again just before.
  private func checkOverwriting(_ versions: [Version], _ index: Int, _ key: WebhookKey) {
    guard case .request(let number) = versions[index].cause, let request = books.requests[number],
      world.history.settings.conflicts != "overwrite", let before = request.change.before
    else { return }
    let allowed = max(world.history.settings.recheck, 5) * 1000 + request.longestRead + 1000
    let foreign = versions[..<index].lastIndex {
      $0.time < request.time - allowed && $0.cause != .start && !books.isOwn($0.cause, of: request)
    }
    guard let foreign, let held = versions[foreign].content else { return }
    let isSeen = versions[foreign..<index].contains { version in
      version.content.map { self.isSame($0, History.Content(before), for: request.change) } ?? false
    }
    // What is overwritten with itself is not lost.
    let isTheSame = versions[index].content.map { self.isSame($0, held, for: request.change) } ?? false
    if !isSeen, !isTheSame {
      world.report(
        "at \(versions[index].time) ms \(request.name) overwrote unseen what was done at \(versions[foreign].time) ms")
    }
  }

  private func isSame(_ left: History.Content, _ right: History.Content, for change: Change) -> Bool {
    guard case .update(_, let patch) = change.action else { return left == right }
    return left.limited(to: patch) == right.limited(to: patch)
  }
}

extension Books {
  /// True for a request that was sent for an intent.
  func isCaused(_ cause: SimulatedService.Cause, by place: Place) -> Bool {
    if case .request(let number) = cause { requests[number]?.place == place } else { false }
  }

  /// True for a request of that name.
  func isOwn(_ cause: SimulatedService.Cause, of name: String) -> Bool {
    if case .request(let number) = cause { requests[number]?.name == name } else { false }
  }

  /// True for a request of that name, or of the same process, which knows what it sent.
  func isOwn(_ cause: SimulatedService.Cause, of request: Request) -> Bool {
    guard case .request(let number) = cause, let other = requests[number] else { return false }
    return other.name == request.name || other.process == request.process
  }

  /// True when a request of that name was applied.
  func wasApplied(_ name: String, by service: SimulatedService) -> Bool {
    service.versions.values.contains { $0.contains { isOwn($0.cause, of: name) } }
  }
}
