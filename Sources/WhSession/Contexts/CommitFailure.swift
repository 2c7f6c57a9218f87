import WhAPI
import WhDomain
import WhJournal
import WhSyntax

/// Where a plan comes from, by which it differs what can be done about a webhook that others have changed.
enum PlanSource {
  case edits, undo, unfinishedRun, file

  init(_ purpose: Plan.Purpose) {
    switch purpose {
    case .commit: self = .edits
    case .undo: self = .undo
    case .resume: self = .unfinishedRun
    }
  }
}

extension Failure {
  /// What it means for a statement that a run ended so; nil when all is well.
  init?(
    _ result: RunResult, of source: PlanSource, isStaged: Bool, interruptedBy cause: String,
    resumeCommand: @autoclosure () -> String, at span: Span
  ) {
    if let stop = result.stop, case .conflict = stop {
      self.init(.failed, .commitFailed(result, source, isStaged: isStaged, resumeCommand(), span))
    } else if let stop = result.stop {
      self.init(
        stop.kind, .stopped(result, stop, isStaged: isStaged, interruptedBy: cause, resumeCommand(), span))
    } else if result.outcomes.contains(where: { $0.state == .unknown || $0.state == .created && !$0.closesIntent }) {
      self.init(.stopped, .leftOpen(result, resumeCommand(), span))
    } else if result.problem != nil {
      self.init(.stopped, .notWrittenDown(result, resumeCommand(), span))
    } else if !result.isFine {
      self.init(.failed, .commitFailed(result, source, isStaged: isStaged, resumeCommand(), span))
    } else {
      return nil
    }
  }

  /// What it means that the service rejected the first request.
  init(stoppedBy error: APIError, at span: Span) {
    switch error.category {
    case .keyRefused, .forbidden: self.init(.keyRefused, .keyRefused(error, span))
    case .server: self.init(.unreachable, .serverFails(error, span))
    default: self.init(.unreachable, .unreachable(error, span))
    }
  }
}

extension StopReason {
  fileprivate var kind: Failure.Kind { if case .keyRefused = self { .keyRefused } else { .stopped } }

  fileprivate var code: DiagnosticCode {
    switch self {
    case .interrupted: .interrupted
    case .keyRefused: .keyRefused
    case .unreachable, .limited: .apiUnreachable
    case .conflict: .commitFailed
    case .journal: .journalUnusable
    }
  }

  /// Nil for an interruption, whose cause the surroundings know.
  fileprivate var words: String? {
    switch self {
    case .interrupted: nil
    case .keyRefused(let error), .unreachable(let error), .limited(let error): "\(error)"
    case .conflict: "a webhook was changed by others"
    case .journal(let error): "\(error)"
    }
  }
}

// MARK: - Wording

extension PlanSource {
  fileprivate func adviceOnConflicts(isStaged: Bool) -> String {
    switch self {
    case .edits:
      (isStaged ? "`refresh` reads the webhooks again" : "the next run reads the webhooks again")
        + "; `config conflicts overwrite` sends over changes by others"
    case .undo: "what others have changed since the run is left as it is"
    case .unfinishedRun: "what others have changed is left as it is; a new run reads the webhooks again"
    case .file: "what others have changed is left as it is; a new plan reads the webhooks again"
    }
  }
}

extension Diagnostic {
  fileprivate static func commitFailed(
    _ result: RunResult, _ source: PlanSource, isStaged: Bool, _ resumeCommand: String, _ span: Span
  ) -> Diagnostic {
    var notes: [String] = []
    if result.outcomes.contains(where: { $0.state == .conflict }) {
      notes.append(source.adviceOnConflicts(isStaged: isStaged))
    }
    if result.openCount > 0, let run = result.run {
      notes.append("run `\(resumeCommand)` to retry the rest of run \(run)")
    }
    return Diagnostic(
      .commitFailed, "some changes were not applied: " + result.counts { !$0.isFine }, at: span,
      label: isStaged ? "the edits are still staged" : nil, notes: notes)
  }

  fileprivate static func stopped(
    _ result: RunResult, _ stop: StopReason, isStaged: Bool, interruptedBy cause: String, _ resumeCommand: String,
    _ span: Span
  ) -> Diagnostic {
    let words = stop.words ?? cause
    if result.openCount == 0 {
      return Diagnostic(
        stop.code, "stopped: \(words)", at: span,
        label: "all changes were sent; nothing after them ran")
    }
    let done = result.outcomes.count(where: \.state.isApplied)
    return Diagnostic(
      stop.code, "stopped part-way: \(words)", at: span, label: "\(done) done, \(result.openCount) left",
      notes: result.run.map { run in
        // What is staged still is sent by the next commit, unless an outcome is unknown.
        [
          isStaged && !result.outcomes.contains { $0.state == .unknown }
            ? "run `commit` to send the rest" : "run `\(resumeCommand)` to finish run \(run)"
        ]
      } ?? [])
  }

  fileprivate static func leftOpen(_ result: RunResult, _ resumeCommand: String, _ span: Span) -> Diagnostic {
    let unknown = result.outcomes.count { $0.state == .unknown }
    let unnamed = result.outcomes.count { $0.state == .created && !$0.closesIntent }
    let problems = [
      unknown == 0 ? nil : "the outcome of \(unknown.counting("webhook")) is unknown",
      unnamed == 0
        ? nil : "\(unnamed.counting("webhook was", "webhooks were")) created, but the service did not say which",
    ]
    return Diagnostic(
      .commitFailed, problems.compactMap(\.self).joined(separator: "; "), at: span,
      notes: result.run.map {
        [
          "run `\(resumeCommand)` to check the service and finish run \($0), or give it up with `wh runs abandon \($0)`"
        ]
      } ?? [])
  }

  fileprivate static func notWrittenDown(_ result: RunResult, _ resumeCommand: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .journalUnusable, "all changes were sent, but their outcomes could not be written to the journal", at: span,
      notes: result.run.map { ["run `\(resumeCommand)` to check the service and close run \($0)"] } ?? [])
  }
}
