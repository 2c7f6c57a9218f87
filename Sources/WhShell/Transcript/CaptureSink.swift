import Synchronization
import WhDomain
import WhSession

/// Keeps what a replay prints, as a transcript would. For the session it stands in the place of the transcript that is
/// replayed, so that `record` says what it said then.
package final class CaptureSink: EventSink, SessionTranscript {
  private struct State {
    var lines: [PrintedLine] = []
    var warnings = PendingWarnings()
  }

  private let text: TranscriptText
  private let state = Mutex(State())

  /// The transcript that is replayed.
  package let path: String?

  package init(_ path: String, redactor: Redactor) {
    self.path = path
    text = TranscriptText(redactor)
  }

  package func start(_ path: String, host: String?, setting: [String]) throws(FileProblem) {
    throw FileProblem("a replay is not recorded")
  }

  package func stop(dropping dropped: Int) -> String? { nil }

  /// What was printed since the last time.
  func take() -> [PrintedLine] {
    state.withLock { state in
      defer { state.lines = [] }
      return state.lines
    }
  }

  package func receive(_ event: SessionEvent, as presentation: Presentation) async {
    let form = presentation.form
    state.withLock { state in
      switch event {
      case .read(let script, let typed):
        guard script.hasErrors else { return state.warnings.add(script.diagnostics) }
        for problem in script.problems(in: typed) {
          state.lines += text.lines(of: problem.diagnostic, isElsewhere: problem.isElsewhere, form)
        }
      case .began(let statement):
        for warning in state.warnings.take(of: statement) { state.lines += text.lines(of: warning, form) }
      case .shown(let things): for shown in things { state.lines += text.lines(of: shown, form) }
      case .startUpBegan, .startUpEnded, .typed, .ended, .abandoned, .leftUncommitted: return
      }
    }
  }
}
