import WhDomain

/// What was sent with each profile on each server, and what came of it, with the locks and ledgers that go with it.
///
/// What a method says to be durable is visible to each process that opens the same journal later, whatever happens to this
/// one. Methods never end early when their task is cancelled: what a run did must be recorded especially when it is
/// interrupted.
package protocol RunLog: Sendable {
  /// Where it is, as messages name it.
  var place: String { get }

  /// Writes a new run with all of its intents. When this returns, they are durable, and the first request may be sent.
  ///
  /// - Throws: `JournalError`, and then nothing may be sent, and nothing is written, or given up as soon as the journal can be
  ///   reached again.
  func begin(_ metadata: RunMetadata, _ changes: [Change]) async throws(JournalError) -> any RunWriter

  /// Takes up a run that ended with open intents, or was abandoned, for its open intents to be settled. When this returns,
  /// it is durable that the run continues.
  ///
  /// - Throws: `JournalError`, also when there is no such run.
  func reopen(_ number: Int) async throws(JournalError) -> any RunWriter

  /// The newest runs, newest first.
  ///
  /// - Parameters:
  ///   - profile: only the runs of this profile; nil for all.
  ///   - host: only the runs on this server; nil for all.
  /// - Throws: `JournalError`.
  func runs(profile: String?, host: String?, limit: Int) async throws(JournalError) -> [Run]

  /// - Throws: `JournalError`, also when there is no such run.
  func run(_ number: Int) async throws(JournalError) -> Run

  /// The runs of a profile on a server that have open intents and were not abandoned, oldest first. One that a process is
  /// executing now is among them.
  ///
  /// - Throws: `JournalError`.
  func unfinishedRuns(profile: String, host: String) async throws(JournalError) -> [Run]

  /// One page of the intents of a run with their outcomes, in their order. None for a run that there is not.
  ///
  /// - Parameters:
  ///   - start: the first index that is wanted.
  ///   - limit: the length of the page; the last page is shorter.
  /// - Throws: `JournalError`.
  func intents(
    of run: Int, _ filter: IntentFilter, from start: Int, limit: Int
  ) async throws(JournalError) -> [Intent]

  /// Leaves the open intents of a run as they are: it is not unfinished any more. Durable on return. A run without open
  /// intents stays finished.
  ///
  /// - Throws: `JournalError`, also when there is no such run, and when another process is executing it.
  func abandon(_ number: Int) async throws(JournalError)

  /// Drops the runs that began before a moment, but no unfinished one. Durable on return.
  ///
  /// - Parameters:
  ///   - profile: only the runs of this profile; nil for all.
  ///   - host: only the runs on this server; nil for all.
  /// - Returns: how many runs were dropped.
  /// - Throws: `JournalError`, and then none is dropped.
  func prune(olderThan moment: Moment, profile: String?, host: String?) async throws(JournalError) -> Int

  /// Looks through everything for damage.
  ///
  /// - Returns: what is wrong; empty for a sound journal.
  /// - Throws: `JournalError` where it can't even be looked through.
  func check() async throws(JournalError) -> [JournalProblem]

  /// The scripts of a folder, and which of them were applied with a profile on a server.
  ///
  /// - Parameter folder: what the folder is known by, wherever it is checked out.
  func ledger(profile: String, host: String, folder: String) -> any ScriptLedger

  /// Lets one process at a time write with a profile on a server, without waiting. The lock ends with its process, however
  /// that ends.
  ///
  /// - Parameters:
  ///   - shard: the share of the apps that the process keeps to; nil for all of them. Machines that share a journal may
  ///     have the lock for different shards of one split at the same time. Processes of one machine take turns.
  ///   - holder: this process, to be shown to others.
  /// - Throws: `LockProblem`, above all when another process has it.
  func lock(
    profile: String, host: String, shard: Shard?, holder: LockHolder
  ) async throws(LockProblem) -> any RunLock

  /// Who holds the lock of a profile on a server now; nil if it is free or unknown.
  func lockHolder(profile: String, host: String) async -> LockHolder?

  /// Ends all work. Nothing may be asked of the journal any more.
  func close() async
}

/// Which intents of a run are asked for.
package enum IntentFilter: Sendable {
  case all
  /// Those that `wh resume` must check.
  case open
}

/// A run that is being done.
package protocol RunWriter: Sendable {
  var number: Int { get }

  /// Why outcomes could not be written when it was last tried; they are kept, and tried again. Nil when all is well.
  var problem: JournalError? { get }

  /// Writes further changes of the same run, as those of a script's second commit. They are durable when this returns.
  ///
  /// - Returns: the places of their intents.
  /// - Throws: `JournalError`, and then none of them may be sent.
  func append(_ changes: [Change]) async throws(JournalError) -> Range<Int>

  /// Takes the outcome of an intent, and returns at once: it is durable after `flush` or `finish`. A later outcome of the
  /// same intent replaces an earlier one. In a journal whose lock can be lost, nothing is taken any more once another process
  /// has taken up the run, which knows better what became of it: then `flush` throws `.taken`.
  ///
  /// - Parameters:
  ///   - index: the place of the change among those of the run.
  ///   - tries: how many times the request was sent.
  func record(_ outcome: Outcome, at index: Int, tries: Int)

  /// True where `ready` returns at once, as far as that is known without waiting: it is asked before each request.
  var isReady: Bool { get }

  /// How long the journal, which is known to be out of reach, is waited for; nil where it is not known to be.
  var outage: Duration? { get }

  /// Waits until what is sent from now on can be recorded; returns at once where that is known. A journal that is out of
  /// reach for the moment is waited for, for a bounded time. It ends early when its task is cancelled.
  ///
  /// - Throws: `JournalError`, and then nothing more may be sent.
  func ready() async throws(JournalError)

  /// Waits until everything recorded so far is durable.
  ///
  /// - Throws: `JournalError`; what was not written is kept.
  func flush() async throws(JournalError)

  /// Writes the rest, and that the run ended: everything recorded is durable when this returns. With open intents it
  /// is interrupted, else it is finished.
  ///
  /// - Throws: `JournalError`; what was not written is kept, and the run counts as one whose process died.
  @discardableResult
  func finish() async throws(JournalError) -> Run
}

/// The right to write with a profile on a server, until it is released or its process ends.
package protocol RunLock: Sendable {
  func release() async
}

extension RunLog {
  /// All runs, newest first.
  ///
  /// - Throws: `JournalError`.
  package func runs(profile: String? = nil, host: String? = nil) async throws(JournalError) -> [Run] {
    try await runs(profile: profile, host: host, limit: .max)
  }

  /// All intents of a run with their outcomes, in their order.
  ///
  /// - Throws: `JournalError`.
  package func allIntents(of run: Int, _ filter: IntentFilter = .all) async throws(JournalError) -> [Intent] {
    try await intents(of: run, filter, from: 0, limit: .max)
  }
}

extension RunLog {
  /// Takes the lock of a process that keeps to no share of the apps.
  ///
  /// - Throws: `LockProblem`.
  package func lock(profile: String, host: String, holder: LockHolder) async throws(LockProblem) -> any RunLock {
    try await lock(profile: profile, host: host, shard: nil, holder: holder)
  }
}

extension RunWriter {
  /// For a journal that is never out of reach.
  package var outage: Duration? { nil }

  /// For a journal that is never out of reach.
  package var isReady: Bool { problem == nil }

  /// For a journal that is never out of reach: what could not be recorded is what stops.
  ///
  /// - Throws: `JournalError`.
  package func ready() async throws(JournalError) { if let problem { throw problem } }

  /// Takes what came of an intent whose request was sent once.
  package func record(_ outcome: Outcome, at index: Int) { record(outcome, at: index, tries: 1) }
}
