/// The user's pager, as a command for the shell.
package struct PagerProgram: Sendable {
  package let command: String

  /// Nil if there is none, or the terminal can't use one.
  package init?(_ environment: Environment) {
    let program = Self.choice(environment)
    guard environment["TERM"] != "dumb", environment.hasProgram(of: program) else { return nil }
    // A pager without options is configured to show colours, and to exit at once if everything fits.
    // It shows texts of the service, so it must not be led to write files or run commands.
    command = "LESS=${LESS-FRX} LV=${LV--c} LESSSECURE=1; export LESS LV LESSSECURE; \(program)"
  }

  /// The command that is asked for, installed or not. An empty PAGER means no pager, as in git.
  static func choice(_ environment: Environment) -> String {
    environment["PAGER"] ?? (environment.isSet("PAGER") ? "" : "less -FRX")
  }
}
