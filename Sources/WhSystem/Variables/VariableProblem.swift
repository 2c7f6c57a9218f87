import WhDomain

/// Why a variable of the command line has no value. None of them quotes a value or the text next to one.
package struct VariableProblem: Error, Equatable, Sendable {
  package enum Kind: Error, Equatable, Sendable {
    /// There is no such environment variable.
    case notSet
    case empty
    case unreadable(FileProblem)
    case notUTF8
    case commandEnded(CommandEnd)
    case commandTimedOut(seconds: Int)
    case commandPrintedTooMuch(kibibytes: Int)
    case interrupted
  }

  package let variable: CommandLineVariable
  package let kind: Kind
}

// MARK: - Wording

extension VariableProblem {
  /// One sentence, which names the option.
  package var message: String { "\(variable.option) \(variable.name): \(reason)" }

  private var reason: String {
    switch kind {
    case .notSet: "there is no environment variable \(variable.name)"
    case .empty: "\(place) is empty"
    case .unreadable(let problem): "\(place) can't be read: \(problem.reason)"
    case .notUTF8: "\(place) is not UTF-8"
    case .commandEnded(.exited(let status)): "the command exited with status \(status)"
    case .commandEnded(.killed(let signal)): "the command was killed by signal \(signal)"
    case .commandEnded(.notStarted(let reason)): "the command did not start: \(reason)"
    case .commandTimedOut(let seconds): "the command timed out after \(seconds) s"
    case .commandPrintedTooMuch(let most): "the command printed more than \(most) KiB"
    case .interrupted: "the command was interrupted"
    }
  }

  private var place: String {
    switch variable.source {
    case .text: "the value"
    case .environment: "the environment variable \(variable.name)"
    case .file(let path): "`\(path)`"
    case .command: "the output of the command"
    }
  }
}
