import Synchronization
import WhAPI
import WhDomain
import WhSession
import WhSyntax

/// Collects for a report what happens during a run.
package final class ReportSink: EventSink {
  private struct State {
    var findings = RunReport.Findings()
    /// The `expect` that runs, and what it said.
    var expectation: Origin?
    var message: String?
    /// True when the statement that runs has a webhook that is not as requested, which says why it fails.
    var hasToldFailure = false
    /// When the last case ended, by the monotonic clock.
    var last: Duration

    /// Takes in cases that ended together, and that share the time since the one before.
    mutating func add(_ cases: [RunReport.Case], at now: Duration) {
      guard !cases.isEmpty else { return }
      let seconds = max(.zero, now - last).inSeconds / Double(cases.count)
      last = now
      findings.cases += cases.map { item in
        var item = item
        item.seconds = seconds
        return item
      }
    }
  }

  private let now: @Sendable () -> Duration
  private let state: Mutex<State>

  /// - Parameter now: the monotonic clock.
  package init(now: @escaping @Sendable () -> Duration) {
    self.now = now
    state = Mutex(State(last: now()))
  }

  package var findings: RunReport.Findings { state.withLock(\.findings) }

  package func receive(_ event: SessionEvent, as presentation: Presentation) async {
    switch event {
    case .began(let statement): begin(statement)
    case .ended(let failure): end(failure)
    case .read(let script, _): script.diagnostics.forEach(note)
    case .leftUncommitted(let diagnostic): note(diagnostic)
    case .shown(let things):
      for shown in things {
        switch shown {
        case .output(let output): note(output)
        case .diagnostic(let diagnostic): note(diagnostic)
        case .summary(let summary): note(summary)
        case .session, .migrations, .finding, .verdict: continue
        }
      }
    case .startUpBegan, .startUpEnded, .typed, .abandoned: return
    }
  }

  private func begin(_ statement: Statement) {
    state.withLock { state in
      state.expectation = statement.isExpectation ? statement.origin : nil
      state.message = nil
      state.hasToldFailure = false
    }
  }

  private func end(_ failure: Failure?) {
    state.withLock { state in
      guard let origin = state.expectation else { return }
      if failure == nil {
        let check = RunReport.Check(origin: origin, message: state.message, failure: nil)
        state.add([RunReport.Case(.expectation(check))], at: now())
      }
      state.expectation = nil
    }
  }

  private func note(_ output: Output) {
    state.withLock { state in
      switch output {
      case .note(let text), .confirmation(let text): state.message = text
      case .commit(let report):
        state.add(report.outcomes.map { RunReport.Case(.webhook($0), profile: report.profile) }, at: now())
        state.findings.unchanged += report.unchanged
        if let run = report.run, !state.findings.runs.contains(run) { state.findings.runs.append(run) }
        state.hasToldFailure = !report.isFine
      default: return
      }
    }
  }

  private func note(_ diagnostic: Diagnostic) {
    state.withLock { state in
      guard diagnostic.severity == .error else {
        if state.expectation != nil { state.message = diagnostic.message }
        return state.findings.warnings.append(diagnostic)
      }
      if let origin = state.expectation, [.expectationFailed, .nothingChecked].contains(diagnostic.code) {
        let check = RunReport.Check(origin: origin, message: nil, failure: diagnostic)
        state.add([RunReport.Case(.expectation(check))], at: now())
      } else if !(state.hasToldFailure && diagnostic.code == .commitFailed) {
        state.add([RunReport.Case(.problem(diagnostic))], at: now())
      }
    }
  }

  private func note(_ summary: PlanSummary) {
    state.withLock { state in
      state.findings.estimate = RunReport.Estimate(
        reads: summary.reads, writes: summary.writes, seconds: summary.seconds)
      state.add(summary.items.map { RunReport.Case(.planned($0.change), profile: $0.profile) }, at: now())
    }
  }
}
