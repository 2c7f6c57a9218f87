import WhAPI
import WhDomain
import WhJournal
import WhSyntax

/// What a commit writes down before, while and after it sends.
extension Session {
  /// Keeps a second writer away from now on, for a whole migration.
  package func lockForMigration() async throws(Failure) {
    heldLock = try lockForWriting(try await connection())
  }

  /// Keeps a second writer away, for as long as the lock is held. Nil in a session without a journal.
  func lockForWriting(_ connection: Connection) throws(Failure) -> WriterLock? {
    guard let context else { return nil }
    let journal = try journal(context)
    let holder = LockHolder(
      processID: context.processID, user: context.user, since: Moment(secondsSince1970: effects.wallClock()))
    do {
      return try journal.writerLock(profile: connection.profile, host: connection.host, holder: holder)
    } catch {
      throw failure(
        Diagnostic(.locked, error.description, at: place, label: error.advice, notes: ["nothing was sent"]))
    }
  }

  /// Refuses to commit over a run that was not finished; one of this session that was interrupted gives way to the new one.
  func refuseOverUnfinishedRun(_ connection: Connection) async throws(Failure) {
    guard let context, !context.ignoresUnfinished else { return }
    let journal = try journal(context)
    do {
      guard let run = try await unfinishedRun(in: journal, connection) else { return }
      guard run.number == lastRun?.number else { throw failure(.unfinishedRun(run, place)) }
      if context.script == nil { try await journal.abandon(run.number) }
    } catch let error as JournalError {
      throw failure(.journal(error, place))
    } catch {
      throw error as? Failure ?? failure(.internalError(place))
    }
  }

  /// The journal, and what it knows the server by, for a migration's ledger.
  package func migrationJournal() async throws(Failure) -> (journal: Journal, profile: String, host: String) {
    guard let context else { throw failure(.noJournal(place)) }
    let connection = try await connection()
    return (try journal(context), connection.profile, connection.host)
  }

  /// What is to be said at the start when a run was not finished; nil when all is well, when
  /// another process is at it, or nothing can be known.
  package func unfinishedNotice() async -> String? {
    guard let context, let journal = try? context.findJournal(), let connection = try? await connection(),
      let run = try? await unfinishedRun(in: journal, connection), run.state != .running
    else { return nil }
    return "run \(run.number) was not finished: \(run.openCount) of \(run.intentCount) webhooks are open; "
      + "`wh resume` finishes it"
  }

  /// The newest runs of the profile, newest first, for completion; none where nothing can be known without connecting.
  package func newestRuns(limit: Int) async -> [Run] {
    guard let context, let connection = present, let journal = try? context.findJournal() else { return [] }
    return (try? await journal.runs(profile: connection.profile, host: connection.host, limit: limit)) ?? []
  }

  private func unfinishedRun(in journal: Journal, _ connection: Connection) async throws(JournalError) -> Run? {
    try await journal.unfinishedRuns(profile: connection.profile, host: connection.host).first
  }

  func journal(_ context: RunContext) throws(Failure) -> Journal {
    if let openJournal { return openJournal }
    do {
      let journal = try context.openJournal()
      openJournal = journal
      return journal
    } catch {
      throw failure(.journal(error, place))
    }
  }

  /// Writes down what is to be sent. When this returns it is on disk.
  func begin(_ changes: [Change], _ connection: Connection) async throws(Failure) -> JournaledRun? {
    guard let context else { return nil }
    let journal = try journal(context)
    do {
      // The commits of a script are one run; each commit at a prompt is one of its own.
      if context.script != nil, undoing == nil, let handle = lastRun {
        return JournaledRun(handle: handle, start: try await handle.append(changes).lowerBound)
      }
      let metadata = RunMetadata(
        kind: undoing.map { .undo(of: $0) } ?? .commit, profile: connection.profile,
        host: connection.host, script: context.script, scriptSHA256: context.scriptSHA256,
        user: context.user, version: context.version, startedAt: Moment(secondsSince1970: effects.wallClock()))
      let handle = try await journal.begin(metadata, changes)
      lastRun = handle
      return JournaledRun(handle: handle, start: 0)
    } catch {
      throw failure(.journal(error, place))
    }
  }

  /// Writes down that the commit ended.
  ///
  /// - Returns: what could not be written, in which case `wh resume` finds it out anew.
  func end(_ run: JournaledRun?) async -> String? {
    do {
      try await run?.handle.finish()
      return nil
    } catch {
      return "\(error): \(error.advice)"
    }
  }

  /// Writes down that nothing of the run was sent, and that it needs no end.
  func abandon(_ run: JournaledRun?) async {
    guard let run, let openJournal else { return }
    // Where this fails the run stays unfinished, and `wh resume` finds that nothing of it was done.
    try? await run.handle.flush()
    try? await openJournal.abandon(run.handle.number)
    lastRun = nil
  }

  /// Closes the journal, at the end of everything.
  package func close() {
    lastRun = nil
    openJournal?.close()
    openJournal = nil
  }

  func forgetUndo() {
    undoing = nil
    undoConflicts = []
  }
}

extension Diagnostic {
  static func journal(_ error: JournalError, _ span: Span) -> Diagnostic {
    Diagnostic(.journalUnusable, error.description, at: span, label: error.advice, notes: ["nothing was sent"])
  }

  static func noJournal(_ span: Span) -> Diagnostic {
    Diagnostic(.journalUnusable, "there is no run yet", at: span, label: "each commit is one")
  }

  fileprivate static func unfinishedRun(_ run: Run, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unfinishedRun,
      "run \(run.number) of \(run.metadata.startedAt) was not finished: \(run.openCount) of "
        + "\(run.intentCount) webhooks are open", at: span,
      label: "finish it with `wh resume`, or commit over it with `--ignore-unfinished`", notes: ["nothing was sent"])
  }
}
