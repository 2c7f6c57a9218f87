import WhAPI
import WhDomain
import WhJournal
import WhSyntax

/// Finishing what an earlier run left open.
extension CommitContext {
  /// Finishes runs that were stopped part-way: reads each webhook with an unknown outcome, and
  /// sends what is left.
  ///
  /// - Parameters:
  ///   - number: the run; nil for all unfinished runs, oldest first, as long as each of them is finished.
  ///   - place: the profile and the host of the connection that there will be, where they are known.
  func resume(_ number: Int?, at place: (profile: String, host: String)?) async throws(Failure) -> Reply {
    let nothing: Reply = [.note(number.map { "run \($0) is finished" } ?? "nothing to resume")]
    // That needs no server, and no key.
    if let place, try await wanted(number, place.profile, place.host).isEmpty { return nothing }
    let (connection, _) = try await look.connected()
    return try await locked(connection) { () async throws(Failure) in
      var reply: Reply = []
      let runs = try await wanted(number, connection.profile, connection.host)
      if runs.isEmpty { return nothing }
      for (index, run) in runs.enumerated() {
        let part = try await resume(run, connection)
        reply.outputs += part.outputs
        reply.failure = reply.failure ?? part.failure
        guard let failure = part.failure, failure.kind > .failed else { continue }
        let left = runs.dropFirst(index + 1).map { "run \($0.number)" }
        if !left.isEmpty { reply.outputs.append(.note("also unfinished: \(left.joined(separator: ", "))")) }
        break
      }
      return reply
    }
  }

  private func wanted(_ number: Int?, _ profile: String, _ host: String) async throws(Failure) -> [WhJournal.Run] {
    guard let number else {
      return try await journal { (book) async throws(JournalError) in try await book.unfinishedRuns(profile, host) }
    }
    let run = try await journal { (book) async throws(JournalError) in try await book.find()?.run(number) }
    guard let run else { return [] }
    guard run.metadata.host == host, run.metadata.profile == profile else {
      let command = look.book.resumeCommand(profile: run.metadata.profile, host: run.metadata.host)
      throw look.failure(.otherProfile(run, command, look.span))
    }
    // An abandoned run is resumed if it is named explicitly.
    return run.openCount > 0 ? [run] : []
  }

  private func resume(_ run: WhJournal.Run, _ connection: Connection) async throws(Failure) -> Reply {
    // What was undone is not sent again, even if the undo was only recorded.
    if let undo = run.undoneBy, run.state != .abandoned {
      try await journal { (book) async throws(JournalError) in try await book.find()?.abandon(run.number) }
      return [.undone(run, by: undo)]
    }
    let catalog = try await look.connected().catalog
    let intents = try await journal { (book) async throws(JournalError) in
      try await book.find()?.intents(of: run.number, .all, from: 0, limit: .max) ?? []
    }
    look.redactor.learn(secretsOf: intents)
    let others = try await journal { (book) async throws(JournalError) in
      try await book.others(besides: run, intents.filter(\.isOpen))
    }
    let resumption: RunResumption
    do throws(ReadFailure) {
      resumption = try await RunResumption(
        run, intents, others, catalog, clockOffset: connection.clockOffset, now: look.book.now,
        sleep: effects.time.sleep
      ).read()
    } catch {
      throw Failure(error, at: look.span)
    }
    let plan = Plan(
      resumption.left.map(\.change), purpose: .resume(of: run.number), settled: resumption.settled.map(\.outcome))
    let entry = try await journal { (book) async throws(JournalError) -> Run.Entry? in
      guard let writer = try await book.find()?.reopen(run.number) else { return nil }
      for (index, outcome) in resumption.takenOver + resumption.settled {
        writer.record(outcome, at: index, tries: 0)
      }
      // From here on it may be sent by this process, whatever an earlier one knew.
      for intent in resumption.left where intent.state != .unknown {
        writer.record(Outcome(intent.change, .unknown), at: intent.index, tries: 0)
      }
      // What is known is durable before anything else is sent, and where nothing is.
      if plan.isEmpty { _ = try await writer.finish() } else { try await writer.flush() }
      return Run.Entry(writer: writer, places: resumption.left.map(\.index))
    }
    let unknown = Set(resumption.left.indices.filter { resumption.left[$0].state == .unknown })
    let result = try await execute(plan, unknown: unknown, connection, catalog) { _ in entry }
    var reply = reply(result, of: .unfinishedRun, connection)
    if !resumption.takenOver.isEmpty { reply.outputs.append(.leftToLaterRuns(resumption.takenOver.count, of: run)) }
    return reply
  }
}

// MARK: - Wording

extension Output {
  fileprivate static func undone(_ run: WhJournal.Run, by undo: Int) -> Output {
    .note("run \(run.number) was undone by run \(undo): its open changes are not resumed")
  }

  fileprivate static func leftToLaterRuns(_ count: Int, of run: WhJournal.Run) -> Output {
    let changes = count.counting("change of run \(run.number) is", "changes of run \(run.number) are")
    return .note("\(changes) superseded by later runs")
  }
}

extension Diagnostic {
  fileprivate static func otherProfile(
    _ run: WhJournal.Run, _ resumeCommand: String, _ span: Span
  ) -> Diagnostic {
    Diagnostic(
      .unknownRun, "run \(run.number) was made with profile \(run.metadata.profile), on \(run.metadata.host)", at: span,
      label: "run `\(resumeCommand)` to finish it")
  }
}
