import WhAPI
import WhDomain
import WhJournal

/// Executes a plan: sends each change as one request, many at once, and records the outcome of each.
///
/// Everything that it knows it was given or has learned itself: nothing from one run reaches the next.
@SessionActor struct Run {
  /// Where the outcomes of a plan are recorded.
  struct Entry {
    let writer: any RunWriter
    /// The place of each change among those of the run.
    let places: [Int]
  }

  struct Options {
    var jobs = 8
    var conflicts = SessionOptions.ConflictPolicy.skip
  }

  /// So many writes in a row that the server fails at mean that it is the server, not the webhooks.
  private nonisolated static let mostFaultsInRow = 3
  /// So often is one webhook read again at most, because the limit lets its write go too late.
  private nonisolated static let mostChecks = 3

  let plan: Plan
  /// The places of the changes that an earlier process of the run may have applied.
  var unknown: Set<Int> = []
  let sender: any Sender
  let freshness: Freshness
  let options: Options
  let report: @Sendable (ProgressEvent) -> Void
  /// Hides secrets in what the service said, which the journal keeps.
  var redact: @Sendable (String) -> String = { $0 }

  /// - Parameter begin: writes down the intents. What it gives is durable when it returns, and nothing is sent before.
  /// - Throws: `Failure` of `begin`, and then nothing was sent.
  func execute(
    _ begin: (_ changes: [Change]) async throws(Failure) -> Entry?
  ) async throws(Failure) -> RunResult {
    if let held = await heldByConflicts() { return held }
    let entry = plan.changes.isEmpty ? nil : try await begin(plan.changes)
    let sending = Sending(plan.changes, entry, redact)
    report(.began(.writing, total: plan.changes.count))
    await send(sending)
    report(.ended)
    sending.noteInterruption()
    let outcomes = isWithdrawn(sending) ? withdrawn(sending.outcomes) : sending.outcomes
    for (index, outcome) in outcomes.enumerated() where outcome.state == .notAttempted {
      entry?.writer.record(outcome, at: entry?.places[index] ?? index, tries: 0)
    }
    return RunResult(
      outcomes: plan.settled.isEmpty ? outcomes : plan.settled + outcomes, unchanged: plan.unchanged,
      stop: sending.stop, run: entry?.writer.number, problem: await finish(entry))
  }

  /// True where the service rejected the first request, and nothing can have changed: then there is nothing to resume.
  /// What a resumed run left open stays open.
  private func isWithdrawn(_ sending: Sending) -> Bool {
    guard sending.stop?.error != nil, !sending.hasUnknownTry, sending.outcomes.allSatisfy(\.isUntouched) else {
      return false
    }
    // Of a run with earlier commits, resuming is the way to the rest.
    if let first = sending.entry?.places.first, first > 0 { return false }
    switch (plan.purpose, sending.stop) {
    case (.resume, _), (_, .limited): return false
    case (.commit, _), (.undo, _): return true
    }
  }

  private func withdrawn(_ outcomes: [Outcome]) -> [Outcome] {
    outcomes.map { Outcome($0.change, .notAttempted, message: $0.message, closesIntent: true) }
  }

  /// The result of the run if the option says to send nothing after a conflict, and there is one.
  private func heldByConflicts() async -> RunResult? {
    guard options.conflicts == .stop else { return nil }
    let checks = await freshness.check(plan.changes)
    let isHeld = plan.settled.contains { $0.state == .conflict } || checks.contains(where: \.isConflict)
    guard isHeld else { return nil }
    let outcomes = zip(plan.changes, checks).map { change, check in check.outcome(of: change) }
    return RunResult(outcomes: plan.settled + outcomes, unchanged: plan.unchanged, stop: .conflict)
  }

  // MARK: Sending

  /// What has become of the changes so far.
  @SessionActor private final class Sending {
    let entry: Entry?
    private(set) var outcomes: [Outcome]
    private(set) var stop: StopReason?
    /// True once a request may have been applied, whatever was found out of it since.
    private(set) var hasUnknownTry = false
    private let changes: [Change]
    private let redact: @Sendable (String) -> String
    /// The place of the change whose turn is next.
    private var next = 0
    private var endedCount = 0
    private var faultsInRow = 0
    /// True while the journal is known to be out of reach, which is said once.
    private var isAway = false

    init(_ changes: [Change], _ entry: Entry?, _ redact: @escaping @Sendable (String) -> String) {
      self.redact = redact
      self.changes = changes
      self.entry = entry
      outcomes = changes.map { Outcome($0, .notAttempted) }
    }

    /// The change whose turn has come, and its place; nil where nothing more is to be sent.
    func take() -> (index: Int, change: Change)? {
      guard stop == nil, !Task.isCancelled, next < changes.count else { return nil }
      defer { next += 1 }
      return (next, changes[next])
    }

    /// Takes in how a change ended.
    func note(_ end: End, at index: Int) -> Outcome {
      let outcome = end.outcome(of: changes[index]).withMessage(redact)
      outcomes[index] = outcome
      entry?.writer.record(outcome, at: entry?.places[index] ?? index, tries: end.tries)
      hasUnknownTry = hasUnknownTry || end.hasUnknownTry
      if case .sent(let result) = end {
        let reason = StopReason(result, isFirst: endedCount == 0)
        endedCount += 1
        faultsInRow = result.isServerFault ? faultsInRow + 1 : 0
        if stop == nil { stop = reason }
        if stop == nil, faultsInRow >= Run.mostFaultsInRow, let error = result.error { stop = .unreachable(error) }
      }
      return outcome
    }

    func noteInterruption() {
      if stop == nil, Task.isCancelled { stop = .interrupted }
    }

    /// Waits until what is sent next can be recorded. What is in flight goes on meanwhile.
    func awaitJournal(_ report: (ProgressEvent) -> Void) async {
      guard stop == nil, let writer = entry?.writer, !writer.isReady else {
        isAway = false
        return
      }
      if let outage = writer.outage, !isAway { report(.waiting(Run.waiting(outage, "nothing is sent"))) }
      isAway = writer.outage != nil
      do throws(JournalError) {
        try await writer.ready()
      } catch {
        stop = stop ?? .journal(error)
      }
    }
  }

  /// How one change ended.
  private enum End: Sendable {
    case sent(WriteResult)
    /// Not sent, or not again after a try that ended so.
    case unsent(Freshness.Check, after: WriteResult)

    func outcome(of change: Change) -> Outcome {
      switch self {
      case .sent(let result): Outcome(change, result)
      case .unsent(let check, _): check.outcome(of: change)
      }
    }

    var hasUnknownTry: Bool {
      switch self {
      case .sent(let result), .unsent(_, let result): result.isUnknown
      }
    }

    var tries: Int { if case .sent(let result) = self { result.error?.tries ?? 1 } else { 0 } }
  }

  /// Sends so many changes at once as the options say, each as soon as another one has ended.
  private func send(_ sending: Sending) async {
    let clearance = sending.entry.map { Clearance($0.writer) }
    await withTaskGroup { group in
      for _ in 0..<max(1, min(options.jobs, plan.changes.count)) {
        group.addTask { await sendOneByOne(sending, clearance) }
      }
    }
  }

  private func sendOneByOne(_ sending: Sending, _ clearance: Clearance?) async {
    while let (index, change) = sending.take() {
      let turn = freshness.take(at: index)
      let outcome = sending.note(await send(change, at: index, clearance), at: index)
      freshness.note(outcome, since: turn)
      report(.stepped(outcome.state))
      await sending.awaitJournal(report)
    }
  }

  private func send(_ change: Change, at index: Int, _ clearance: Clearance?) async -> End {
    guard let until = freshness.freshUntil(change) else { return await checkAndSend(change, at: index, clearance) }
    let terms = SendingTerms(notAfter: until, clearance: clearance)
    let result = judged(await sender.send(change, terms), of: change, at: index)
    return result.isExpired ? await checkAndSend(change, at: index, clearance, after: result) : .sent(result)
  }

  /// Sends a change whose webhook was read too long ago: after it was read again, and only if it is unchanged. The same once
  /// more where its turn comes too late again.
  ///
  /// - Parameter earlier: how a request for it ended whose turn came too late.
  private func checkAndSend(
    _ change: Change, at index: Int, _ clearance: Clearance?, after earlier: WriteResult = .notSent(nil)
  ) async -> End {
    var last = earlier
    for _ in 0..<Self.mostChecks {
      let check = await freshness.check(change)
      switch check {
      case .unread(let error):
        return .sent(
          judged(last.followed(by: .notSent(error), isDeletion: change.isDeletion), of: change, at: index))
      case .done(let current):
        // An earlier try that may have been applied was, then.
        return last.isUnknown || unknown.contains(index) ? .sent(.applied(current)) : .unsent(check, after: last)
      case .changed, .deleted: return .unsent(check, after: last)
      case .fresh:
        let result = await sender.send(
          change, SendingTerms(notAfter: freshness.deadline(change), clearance: clearance))
        last = last.followed(by: judged(result, of: change, at: index), isDeletion: change.isDeletion)
      }
      if !last.isExpired { break }
    }
    return .sent(last)
  }

  /// What an answer means, given what is known besides.
  private func judged(_ result: WriteResult, of change: Change, at index: Int) -> WriteResult {
    if change.isCreation { return freshness.judge(result, of: change) }
    guard unknown.contains(index) else { return result }
    // What an earlier process has sent may arrive until now.
    switch result {
    case .notSent(let error?): return .unknown(error)
    case .refused(let error) where change.isDeletion && error.category == .notFound: return .applied(nil)
    case .applied, .refused, .notSent(nil), .unknown: return result
    }
  }

  private func finish(_ entry: Entry?) async -> String? {
    if let outage = entry?.writer.outage { report(.waiting(Self.waiting(outage, "outcomes are not written down"))) }
    do {
      _ = try await entry?.writer.finish()
      return nil
    } catch {
      return "\(error): \(error.advice)"
    }
  }
}

extension Run {
  /// What is said of a journal that is waited for.
  private nonisolated static func waiting(_ outage: Duration, _ effect: String) -> String {
    "the journal can't be reached; \(effect) until it is back, for at most \(outage.components.seconds) s"
  }
}

extension Clearance {
  /// What is sent must be recorded.
  fileprivate convenience init(_ writer: any RunWriter) {
    self.init(
      isGiven: { writer.isReady },
      wait: {
        do throws(JournalError) {
          try await writer.ready()
          return true
        } catch {
          return false
        }
      })
  }
}

extension WriteResult {
  /// True where the server could not say yes or no.
  fileprivate var isServerFault: Bool {
    switch self {
    case .applied, .refused: false
    case .notSent(let error): error?.category == .server
    case .unknown: true
    }
  }

  fileprivate var isUnknown: Bool { if case .unknown = self { true } else { false } }

  /// True where its turn came too late, for the first time or for another one.
  fileprivate var isExpired: Bool { error?.category == .expired }
}
