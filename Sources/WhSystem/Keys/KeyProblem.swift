import WhAPI
import WhDomain

/// Why there is no key for a server. None of them quotes a key or the text next to one.
package enum KeyProblem: Error, Equatable, Sendable {
  /// Where a key stands.
  package enum Place: Equatable, Sendable {
    case environment
    case file(String)
    case commandOutput
  }

  case refused(KeyPolicy.Refusal, server: BaseURL)
  case unreadable(file: String, FileProblem)
  case invalid(Place, _ reason: String)
  case quoted(Place)
  case commandEnded(CommandEnd)
  case commandTimedOut(seconds: Int)
  case commandPrintedTooMuch(kibibytes: Int)
  case interrupted
}

// MARK: - Wording

extension KeyProblem.Place {
  fileprivate var words: String {
    switch self {
    case .environment: "WH_API_KEY"
    case .file(let path): path
    case .commandOutput: "the key command's output"
    }
  }
}

extension KeyProblem {
  /// One sentence.
  package var message: String {
    switch self {
    case .refused(_, let server): "no key for \(server)"
    case .unreadable(let file, let problem): "the key file `\(file)` can't be read: \(problem.reason)"
    case .invalid(let place, let reason): "the key in \(place.words) \(reason)"
    case .quoted(let place): "the key in \(place.words) is quoted"
    case .commandEnded(.exited(let status)): "the key command exited with status \(status)"
    case .commandEnded(.killed(let signal)): "the key command was killed by signal \(signal)"
    case .commandEnded(.notStarted(let reason)): "the key command did not start: \(reason)"
    case .commandTimedOut(let seconds): "the key command timed out after \(seconds) s"
    case .commandPrintedTooMuch(let most): "the key command printed more than \(most) KiB"
    case .interrupted: "the key command was interrupted"
    }
  }

  /// What to do about it.
  package var label: String? {
    switch self {
    case .refused(.noKey, _):
      "set `WH_API_KEY`, or add a profile with a key: `wh profile add NAME --key-command COMMAND`"
    case .refused(.environmentElsewhere(let own), let server):
      "WH_API_KEY is only for \(own): set `WH_BASE_URL` to \(server), or add `key_file` or `key_command` to the profile"
    case .refused(.profileElsewhere(let own), _):
      "the key of profile \(own.profile) is only for \(own.server): set `WH_API_KEY` for this server"
    case .quoted: "remove the quotes"
    case .commandTimedOut: "set `key_timeout` in the profile to wait longer"
    case .unreadable, .invalid, .commandEnded, .commandPrintedTooMuch, .interrupted: nil
    }
  }
}
