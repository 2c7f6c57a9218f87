import WhSyntax

/// What the prompt says at its start: at most four lines, by the situation.
package struct Greeting: Sendable {
  /// What is said before the connection is there.
  package let first: String
  /// What is said then, or why there is none.
  package private(set) var results: [String] = []
  package private(set) var problems: [String] = []

  /// - Parameter version: that of the program.
  package init(version: String) {
    first = "wh \(version). Type `help` for help, `quit` to exit. Tab completes."
  }

  /// - Parameters:
  ///   - server: the profile, the server and what it has.
  ///   - journal: the journal that is shared with others; nil for a file of the user's own.
  ///   - unfinished: what is said of unfinished runs.
  package mutating func connected(_ server: String, isProtected: Bool, journal: String?, unfinished: String?) {
    results = [server + (isProtected ? ", protected: a commit asks for the profile's name" : "")]
    if let journal { results.append("shared journal: \(journal)") }
    if let unfinished { results.append("note: \(unfinished)") }
    results = results.map { Printable.escaped($0) }
  }

  /// - Parameter problem: why there is no connection.
  package mutating func failed(_ problem: Diagnostic, unfinished: String?) {
    if problem.code == .noKey {
      problems = [
        "not connected: \(problem.message)",
        "`wh --sandbox` needs no key: it is a local sandbox with demo apps to try everything on.",
        "`wh profile add NAME --key-command COMMAND` adds a profile; or set `WH_API_KEY`.",
      ]
    } else {
      problems = ["not connected: \(problem.message)" + (problem.label.map { " (\($0))" } ?? "")]
      if let unfinished { problems.append("note: \(unfinished)") }
    }
    problems = problems.map { Printable.escaped($0) }
  }
}
