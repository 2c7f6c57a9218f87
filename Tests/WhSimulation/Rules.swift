import WhDomain
import WhJournal
import WhSession

/// Nothing is sent before it is written down, nor by a process that has no right to send.
struct SendingRule {
  private let process: SimulatedProcess
  private let world: World

  init(_ process: SimulatedProcess) {
    self.process = process
    world = process.world
  }

  /// The intent that a write is for; nil where nothing asks for it.
  func place(of name: String) -> Books.Place? {
    if !process.holdsLock { world.report("process \(process.number) sends without the lock: \(name)") }
    let open = world.books.openPlaces(name).filter { process.runs.contains($0.run) }
    // Of two that ask for the same, each is sent once at first.
    guard let place = open.first(where: { !world.books.isSent($0, by: process.number) }) ?? open.last else {
      world.report("process \(process.number) sends what no open intent asks for: \(name)")
      return nil
    }
    return place
  }
}

/// What is recorded of a write is what the process learned.
struct RecordRule {
  private let process: SimulatedProcess
  private let world: World

  init(_ process: SimulatedProcess) {
    self.process = process
    world = process.world
  }

  func check(_ outcome: Outcome, _ place: Books.Place, tries: Int) {
    guard let run = world.books.runs[place.run], place.index < run.intents.count else {
      return world.report("an outcome is recorded for no intent of run \(place.run)")
    }
    let intent = run.intents[place.index]
    if intent.name.hasPrefix("none") || !intent.change.isSame(as: outcome.change) {
      return world.report("an outcome of \(outcome.change.key.webhook) is recorded at another intent")
    }
    let subject = "process \(process.number) records \(outcome.state.rawValue) of \(intent.name)"
    let told = world.books.told(Books.Teller(process: process.number, place: place))
    if let told {
      let isLearned = told.hasLooked && (outcome.state.isApplied || outcome.state == .conflict)
      if told.mayBeApplied, outcome.state != .unknown, !isLearned { world.report("\(subject), and can't know") }
      if told.isDone, !outcome.state.isApplied { world.report("\(subject), and was told that it is done") }
    } else if outcome.state.isApplied, !process.isResuming {
      world.report("\(subject), and has sent nothing")
    }
    if outcome.state == .notAttempted, outcome.closesIntent, process.isResuming, !isAskedForAgain(intent, place) {
      world.report("\(subject) and closes it, and it is still to be done")
    }
  }
}

extension RecordRule {
  /// True when a later run is to change the same webhook.
  private func isAskedForAgain(_ intent: Books.Intent, _ place: Books.Place) -> Bool {
    world.books.runs.contains { number, run in
      number > place.run
        && run.intents.contains {
          $0.name == intent.name || !$0.change.isCreation && $0.change.key == intent.change.key
        }
    }
  }
}

extension Change {
  fileprivate func isSame(as other: Change) -> Bool {
    webhookID == other.webhookID && app.id == other.app.id && action == other.action
  }
}

/// What a reply says is what the journal says.
struct ReplyRule {
  private let process: SimulatedProcess

  init(_ process: SimulatedProcess) {
    self.process = process
  }

  func check(_ reply: Reply) {
    guard reply.failure == nil else { return }
    for case .commit(let result) in reply.outputs {
      if let bad = result.outcomes.first(where: { !$0.isFine }) {
        process.world.report("a reply without a failure has \(bad.change.key.webhook) \(bad.state.rawValue)")
      }
      guard let number = result.run, let run = process.world.books.runs[number] else { continue }
      // An earlier commit of a script that continues after errors may have left something open.
      let last = run.intents.map(\.time).max()
      let open = run.intents.indices.filter { index in
        run.settled[index] != true && (process.isResuming || run.intents[index].time == last)
      }
      if !open.isEmpty { process.world.report("a reply without a failure leaves \(open.count) open in run \(number)") }
    }
  }
}
