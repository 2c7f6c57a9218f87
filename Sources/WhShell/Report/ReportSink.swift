import Synchronization
import WhDomain
import WhSession
import WhSyntax

/// Collects for a report what happens during a run.
package final class ReportSink: EventSink {
  package struct Collected: Sendable {
    package var cases: [RunReport.Case] = []
    package var runs: [Int] = []
    package var unchanged = 0
  }

  private struct State {
    var collected = Collected()
    /// The `expect` that runs, and what it said.
    var expectation: Origin?
    var message: String?
    /// True when the statement that runs has a webhook that is not as requested, which says why it fails.
    var hasToldFailure = false
  }

  private let state = Mutex(State())

  package init() {}

  package var collected: Collected { state.withLock(\.collected) }

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
        case .migrations: continue
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
        state.collected.cases.append(
          .expectation(RunReport.Check(origin: origin, message: state.message, failure: nil)))
      }
      state.expectation = nil
    }
  }

  private func note(_ output: Output) {
    state.withLock { state in
      switch output {
      case .note(let text), .confirmation(let text): state.message = text
      case .commit(let report):
        state.collected.cases += report.outcomes.map { .webhook($0) }
        state.collected.unchanged += report.unchanged
        if let run = report.run, !state.collected.runs.contains(run) { state.collected.runs.append(run) }
        state.hasToldFailure = !report.isFine
      default: return
      }
    }
  }

  private func note(_ diagnostic: Diagnostic) {
    state.withLock { state in
      guard diagnostic.severity == .error else {
        if state.expectation != nil { state.message = diagnostic.message }
        return
      }
      if let origin = state.expectation, [.expectationFailed, .nothingChecked].contains(diagnostic.code) {
        state.collected.cases.append(
          .expectation(RunReport.Check(origin: origin, message: nil, failure: diagnostic)))
      } else if !(state.hasToldFailure && diagnostic.code == .commitFailed) {
        state.collected.cases.append(.problem(diagnostic))
      }
    }
  }

  private func note(_ summary: PlanSummary) {
    state.withLock { $0.collected.cases += summary.plan.changes.map { .planned($0) } }
  }
}
