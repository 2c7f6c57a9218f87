import WhAPI
import WhDomain
import WhJournal
import WhSyntax

/// Finishing a run that was stopped part-way.
extension Session {
  /// Looks at each webhook of which it is not known whether it was changed, and sends what is left.
  ///
  /// - Parameter number: the run; nil for the oldest that is not finished.
  package func resume(_ number: Int?) async throws(Failure) -> Reply {
    let connection = try await connection()
    guard let context, let found = try findJournal(context) else { return [.note("there is nothing to resume")] }
    openJournal = found
    let lock = heldLock == nil ? try lockForWriting(connection) : nil
    defer { lock?.release() }
    do {
      let unfinished = try await found.unfinishedRuns(profile: connection.profile, host: connection.host).first
      guard let wanted = number ?? unfinished?.number else { return [.note("there is nothing to resume")] }
      let run = try await found.run(wanted)
      guard run.metadata.host == connection.host else { throw failure(.otherHost(run, place)) }
      let intents = try await found.allIntents(of: wanted, .open)
      if intents.isEmpty { return [.note("run \(wanted) is finished")] }
      let created = try await found.allIntents(of: wanted).filter { $0.change.webhookID == nil && !$0.isOpen }
        .compactMap(\.outcome?.answer?.id)
      return try await resume(intents, of: run, try await found.reopen(wanted), besides: Set(created))
    } catch let error as JournalError {
      throw failure(.journal(error, place))
    } catch {
      throw error as? Failure ?? failure(.internalError(place))
    }
  }

  private func findJournal(_ context: RunContext) throws(Failure) -> Journal? {
    do {
      return try context.findJournal()
    } catch {
      throw failure(.journal(error, place))
    }
  }

  /// - Parameter created: webhooks that are known to have come of other changes of the run.
  private func resume(
    _ intents: [Intent], of run: Run, _ handle: any RunWriter, besides created: Set<WebhookID>
  ) async throws(Failure) -> Reply {
    let listed = try await reread(intents.filter { $0.change.webhookID != nil }.map(\.change.key).uniqued())
    let unlisted = intents.filter { $0.change.webhookID == nil && !listed.contains($0.change.app.id) }
    if !unlisted.isEmpty { _ = try await listWebhooks(of: unlisted.map(\.change.app).uniqued()) }
    let found = find(intents.filter { $0.change.webhookID == nil }, of: run, besides: created)
    var report = CommitReport(outcomes: [], unchanged: 0)
    report.run = run.number
    var left: [Intent] = []
    for intent in intents {
      let finding = found[intent.index]
      let current = finding.map(\.webhook) ?? workspace.base[intent.change.key]?.webhook
      if isBlind(intent.change), current == nil {
        // It was never read, so that nothing can be told from what it holds: sent again it comes to the same.
        left.append(intent)
        continue
      }
      let decision = finding.map { Resumption.decide(intent, $0) } ?? Resumption.decide(intent, current: current)
      if let outcome = decision.outcome(of: intent, current) {
        settle(outcome, intent, handle, &report)
      } else {
        left.append(intent)
      }
    }
    let part = JournaledRun(handle: handle, start: 0, places: left.map(\.index))
    report.outcomes += try await send(left.map(\.change), in: part)
    report.problem = await end(part)
    // What follows in this session, as the scripts of a migration, works on what the service holds now.
    absorb(report, [])
    return Reply([.commit(report)], failure: failure(of: report))
  }

  private func isBlind(_ change: Change) -> Bool {
    if case .update(nil, _) = change.action { true } else { false }
  }

  private func settle(_ outcome: Outcome, _ intent: Intent, _ handle: any RunWriter, _ report: inout CommitReport) {
    handle.record(outcome, at: intent.index)
    report.outcomes.append(outcome)
  }

  /// What the service holds now of what creations may have made, by their indices.
  private func find(
    _ creations: [Intent], of run: Run, besides created: Set<WebhookID>
  ) -> [Int: CreationSearch.Finding] {
    let search = CreationSearch(startedAt: run.metadata.startedAt, clockOffset: nil, excluding: created)
    return Dictionary(grouping: creations, by: \.change.app.id).reduce(into: [:]) { found, group in
      let there = (workspace.webhooks(of: group.key) ?? []).compactMap { workspace.base[$0]?.webhook }
      found.merge(search.find(group.value, among: there)) { $1 }
    }
  }
}

extension Diagnostic {
  fileprivate static func otherHost(_ run: Run, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unknownRun, "run \(run.number) was on \(run.metadata.host), with profile \(run.metadata.profile)", at: span,
      label: "resume it with that profile")
  }
}
