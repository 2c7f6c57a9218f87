import WhAPI
import WhDomain
import WhJournal

/// A session's way to the journal: it is opened when it is first needed, and the commits of one script are one run in it.
@SessionActor package final class RunBook {
  /// So many other runs are looked through before one is resumed.
  private static let mostRuns = 50
  /// How often a lock is tried that another process has.
  private static let betweenTries: Duration = .seconds(1)

  private var context: RunContext?
  private let time: TimeSource
  private let report: @Sendable (ProgressEvent) -> Void
  /// The profile whose journal is used; nil for that of the session's start.
  private var profile: String?
  private var log: (any RunLog)?
  /// The lock of a whole migration, which its commits need not take.
  private var heldLock: (any RunLock)?
  /// The run of this session's newest commit.
  private var writer: (any RunWriter)?
  /// The places of the intents that it left open.
  private var left: [Int] = []
  /// Whether further commits of the script belong to that run: an undo is a run of its own.
  private var isOpenToCommits = false

  /// - Parameter context: nil for a session that keeps no journal, as one that sends nothing.
  nonisolated init(
    _ context: RunContext?, time: TimeSource, report: @escaping @Sendable (ProgressEvent) -> Void = { _ in }
  ) {
    self.context = context
    self.time = time
    self.report = report
  }

  var now: Moment { Moment(secondsSince1970: time.now().inSeconds) }

  /// The number of the run that this session's commits are, if there was one.
  var runNumber: Int? { writer?.number }

  /// True where each commit is a run of its own, as at the prompt.
  var isInteractive: Bool { context?.script == nil }

  var ignoresUnfinished: Bool { isReadOnly || context?.ignoresUnfinished ?? true }

  /// True for a session that writes nothing into the journal, as one that sends nothing.
  var isReadOnly: Bool { context?.isReadOnly ?? true }

  /// The command that finishes a run of a profile on a server.
  ///
  /// - Parameter run: the run where it has to be named, as one that was abandoned.
  func resumeCommand(run: Int? = nil, profile: String, host: String) -> String {
    context?.resumeCommand(run, profile, host) ?? "wh " + Self.resume(run)
  }

  /// What finishes a run of the session's own server: at the prompt a statement, else a command.
  func finishCommand(run: Int? = nil, profile: String, host: String) -> String {
    context != nil && isInteractive ? Self.resume(run) : resumeCommand(run: run, profile: profile, host: host)
  }

  private static func resume(_ run: Int?) -> String { "resume" + (run.map { " \($0)" } ?? "") }

  // MARK: The journal

  /// The journal; nil if it does not exist yet, or is not used.
  func find() async throws(JournalError) -> (any RunLog)? {
    if let log { return log }
    log = try await context?.findJournal(profile)
    return log
  }

  /// The journal, created if missing; nil if it is not used, or only read.
  func open() async throws(JournalError) -> (any RunLog)? {
    if let log = try await find() { return log }
    if isReadOnly { return nil }
    log = try await context?.openJournal(profile)
    return log
  }

  /// Closes the journal, at the end of everything.
  func close() async {
    writer = nil
    await heldLock?.release()
    heldLock = nil
    await log?.close()
    log = nil
  }

  /// Goes on with the journal of another profile: what is committed from now on is a run of its own.
  func change(to profile: String) {
    writer = nil
    log = nil
    self.profile = profile
  }

  /// Starts another script, whose commits are a run of their own.
  func startOver(script: String, sha256: String, note: String?) {
    writer = nil
    context?.script = script
    context?.scriptSHA256 = sha256
    context?.note = note
  }

  /// Forgets the run of the last commit, so that the next one is another.
  func endRun() { writer = nil }

  // MARK: The lock

  /// Does work while no other process writes with this profile to this server.
  func locked<Value: Sendable>(
    _ connection: Connection, _ work: @SessionActor () async throws(Failure) -> Value,
    refused: (LockProblem) -> Failure
  ) async throws(Failure) -> Value {
    let lock = heldLock == nil ? try await lock(connection, refused: refused) : nil
    do throws(Failure) {
      let value = try await work()
      await lock?.release()
      return value
    } catch {
      await lock?.release()
      throw error
    }
  }

  /// Keeps other writers away from now on, for a whole migration.
  func hold(_ connection: Connection, refused: (LockProblem) -> Failure) async throws(Failure) {
    heldLock = try await lock(connection, refused: refused)
  }

  private func lock(
    _ connection: Connection, refused: (LockProblem) -> Failure
  ) async throws(Failure) -> (any RunLock)? {
    guard let context, !isReadOnly else { return nil }
    let writer = context.writer
    do throws(LockProblem) {
      let log: (any RunLog)?
      do throws(JournalError) {
        log = try await open()
      } catch {
        throw .unusable(error)
      }
      return try await patiently(context.locking.timeout) { () async throws(LockProblem) in
        try await log?.lock(
          profile: connection.profile, host: connection.host, shard: context.locking.shard,
          holder: LockHolder(
            processID: writer.processID, user: writer.user, since: now, machine: writer.machine))
      }
    } catch {
      throw refused(error)
    }
  }

  /// Tries again while another process has the lock, until the time is over.
  private func patiently(
    _ timeout: Duration, _ take: () async throws(LockProblem) -> (any RunLock)?
  ) async throws(LockProblem) -> (any RunLock)? {
    let end = time.monotonic() + timeout
    var isTold = false
    while true {
      do throws(LockProblem) {
        return try await take()
      } catch {
        let left = end - time.monotonic()
        guard case .held = error, left > .zero else { throw error }
        if !isTold { report(.waiting("\(error)")) }
        isTold = true
        do throws(CancellationError) {
          try await time.sleep(min(left, Self.betweenTries))
        } catch {
          throw .interrupted
        }
      }
    }
  }

  // MARK: Runs

  /// The runs that stand against a commit of this session: the unfinished ones. Of a session that keeps to a share of the apps,
  /// those with something open in it; the intents of a run that is under way are another share's, and are not read.
  func runsInTheWay(_ profile: String, _ host: String) async throws(JournalError) -> [WhJournal.Run] {
    let runs = try await unfinishedRuns(profile, host).filter { !$0.isOthers }
    guard let shard = context?.locking.shard, let log = try await find() else { return runs }
    var own: [WhJournal.Run] = []
    for run in runs {
      let open = try await log.allIntents(of: run.number, .open)
      if open.contains(where: { shard.contains($0.change.app.id) }) { own.append(run) }
    }
    return own
  }

  /// The runs that are not finished, oldest first, without this session's own.
  func unfinishedRuns(_ profile: String, _ host: String) async throws(JournalError) -> [WhJournal.Run] {
    try await find()?.unfinishedRuns(profile: profile, host: host) ?? []
  }

  /// What runs with a note were to do and did, without those that were undone and what was given up before it was sent.
  func intents(
    ofRunsWithNote note: String, _ profile: String, _ host: String
  ) async throws(JournalError) -> [Intent] {
    guard let log = try await find() else { return [] }
    var intents: [Intent] = []
    for run in try await log.runs(profile: profile, host: host, limit: .max)
    where run.metadata.note == note && run.undoneBy == nil {
      let isAbandoned = run.abandonedAt != nil
      intents += try await log.intents(of: run.number, .all, from: 0, limit: .max)
        .filter { !isAbandoned || $0.mayHaveBeenDone }
    }
    return intents
  }

  /// What the last commit of this session left open, as the journal has it now.
  func leftovers() async throws(JournalError) -> Leftovers {
    guard let writer, let log = try await find() else { return Leftovers() }
    do throws(JournalError) {
      // What a full disk did not take is kept, and tried again.
      try await writer.flush()
    } catch {
      // What another process took up is as the journal has it.
      guard case .taken = error.kind else { throw error }
    }
    let left = Set(left)
    let intents = try await log.intents(of: writer.number, .all, from: 0, limit: .max)
    return Leftovers(
      open: intents.filter(\.isOpen), done: intents.filter { left.contains($0.index) && !$0.isOpen && $0.isSeen })
  }

  /// Notes which intents the last commit left open.
  func noteLeft(_ places: [Int]) { left = places }

  /// What the newest other runs on the same server say about one with open intents.
  func others(besides run: WhJournal.Run, _ open: [Intent]) async throws(JournalError) -> OtherRuns {
    var others = OtherRuns()
    guard let log = try await find() else { return others }
    for other in try await log.runs(profile: nil, host: run.metadata.host, limit: Self.mostRuns)
    where other.number > run.number || other.number < run.number && other.count(.created) > 0 {
      let intents = try await log.intents(of: other.number, .all, from: 0, limit: .max)
      others.add(intents, of: other.number, besides: open)
    }
    return others
  }

  /// False once others have undone the run or given it up: what it left open then is not to be sent with what is added.
  private func goesOn(_ writer: any RunWriter, in log: any RunLog) async throws(JournalError) -> Bool {
    let run = try await log.run(writer.number)
    return run.undoneBy == nil && run.abandonedAt == nil
  }

  /// Writes down what is to be sent: on disk when this returns.
  func begin(
    _ changes: [Change], _ purpose: Plan.Purpose, _ connection: Connection
  ) async throws(JournalError) -> Run.Entry? {
    guard let context, !isReadOnly, let log = try await open() else { return nil }
    // The commits of a script are one run; each commit at a prompt is one of its own.
    if context.script != nil, purpose == .commit, isOpenToCommits, let writer, try await goesOn(writer, in: log) {
      return Run.Entry(writer: writer, places: Array(try await writer.append(changes)))
    }
    let kind: RunMetadata.Kind
    switch purpose {
    case .undo(let number): kind = .undo(of: number)
    case .commit, .resume: kind = .commit
    }
    let metadata = RunMetadata(
      kind: kind, profile: connection.profile, host: connection.host, script: context.script,
      scriptSHA256: context.scriptSHA256, note: context.note, user: context.writer.user, version: context.version,
      startedAt: now)
    let writer = try await log.begin(metadata, changes)
    self.writer = writer
    isOpenToCommits = purpose == .commit
    return Run.Entry(writer: writer, places: Array(changes.indices))
  }
}

/// What a session's last commit left open.
struct Leftovers: Sendable {
  /// What is open still.
  var open: [Intent] = []
  /// Those of it whose webhooks were read since, and whose staged edits stand in their place.
  private(set) var superseded: [Intent] = []
  /// What another process has finished since.
  var done: [Intent] = []

  mutating func supersede(_ keys: Set<WebhookKey>) {
    superseded = open.filter { keys.contains($0.change.key) }
    open.removeAll { keys.contains($0.change.key) }
  }
}
