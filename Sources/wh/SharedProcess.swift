import Foundation
import WhAPI
import WhDomain
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// What the sessions of one process have in common, as one of them has it, and what the command wants of it.
struct SharedProcess {
  var redactor = Redactor()
  /// Where the session prints.
  var streams = OutputStreams.standard
  /// That of all sessions; nil where a session has its own.
  var interruption: Interruption?
  /// Keeps what a report is made of; nil where none is asked for.
  var report: ReportSink?
  /// What stands before its progress; nil where it is the only session.
  var label: String?
  /// Takes what is to be said of its connections; nil where that is printed.
  var hear: (@Sendable (ConnectionRemark) -> Void)?

  /// How far the session is. One of several can't have a bar, and does not wait for its turn to say how far it is.
  func progress(_ form: ProgressSink.Form, _ console: Console) -> ProgressSink {
    let isTerminal = ThisProcess.terminal.isErrorTerminal
    guard let label else {
      return ProgressSink(
        form: form, isTerminal: isTerminal, environment: .live, columns: { ThisProcess.terminal.errorColumns },
        write: { console.printError($0) })
    }
    let direct = Console(terminal: console.terminal, redactor: redactor, .standard)
    return ProgressSink(
      form: form == .auto && isTerminal ? .plain : form, isTerminal: false, environment: .live,
      write: { direct.printError("\(Printable.escaped(label)): \($0)") })
  }
}

extension Interruption {
  /// One that ends this process.
  static func ofProcess(isPrompt: Bool = false, requests: Requests = .none) -> Interruption {
    Interruption(
      isPrompt: isPrompt, clock: TimeSource.live.monotonic, requests: requests,
      endProcess: {
        EditLineReader.showKeys()
        _exit(130)
      })
  }

  /// Hands SIGINT, SIGTERM and SIGHUP to it.
  func listenForSignals() -> SignalListener {
    SignalListener([SIGINT, SIGTERM, SIGHUP]) { [self] in interrupt(isTermination: $0 != SIGINT) }
  }
}
