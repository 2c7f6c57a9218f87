import WhAPI
import WhDomain

/// Why there is no key for a server. None of them quotes a key, or what stands beside one.
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
    case .refused(_, let server): "there is no key for \(server)"
    case .unreadable(let file, let problem): "the key file `\(file)` can't be read: \(problem.reason)"
    case .invalid(let place, let reason): "the key in \(place.words) \(reason)"
    case .quoted(let place): "the key in \(place.words) is in quotes"
    case .commandEnded(.exited(let status)): "the key command ended with status \(status)"
    case .commandEnded(.killed(let signal)): "the key command was ended by signal \(signal)"
    case .commandEnded(.notStarted(let reason)): "the key command did not start: \(reason)"
    case .commandTimedOut(let seconds): "the key command did not end within \(seconds) s, and was ended"
    case .commandPrintedTooMuch(let most): "the key command printed more than \(most) KiB, and was ended"
    case .interrupted: "the key command was interrupted"
    }
  }

  /// What to do about it.
  package var label: String? {
    switch self {
    case .refused(.noKey, _):
      "set `WH_API_KEY`, or add a profile with a key: `wh profile add NAME --key-command COMMAND`"
    case .refused(.environmentElsewhere(let own), let server):
      "WH_API_KEY is for \(own): set `WH_BASE_URL` to \(server) with it, or give the profile `key_file` or `key_command`"
    case .refused(.profileElsewhere(let own), _):
      "the key of profile \(own.profile) goes to its own host only, \(own.server): set `WH_API_KEY` for this one"
    case .quoted: "take the quotes away: they would be sent as a part of it"
    case .commandTimedOut: "`key_timeout` in the profile gives it more seconds"
    case .unreadable, .invalid, .commandEnded, .commandPrintedTooMuch, .interrupted: nil
    }
  }
}
