import Foundation

/// The user's pager, as a command for the shell.
package struct PagerProgram: Sendable {
  package let command: String

  /// Nil if there is none, or the terminal can't use one.
  package init?(_ environment: Environment) {
    // An empty PAGER means no pager, as in git.
    let program = environment["PAGER"] ?? (environment.isSet("PAGER") ? "" : "less -FRX")
    guard environment["TERM"] != "dumb", Self.isInstalled(program, environment) else { return nil }
    // A pager without options is configured to show colours, and to exit at once if everything fits.
    // It shows texts of the service, so it must not be led to write files or run commands.
    command = "LESS=${LESS-FRX} LV=${LV--c} LESSSECURE=1; export LESS LV LESSSECURE; \(program)"
  }

  /// True when the first word of a command is a program that can be started.
  private static func isInstalled(_ command: String, _ environment: Environment) -> Bool {
    guard let name = command.split(separator: " ").first.map(String.init) else { return false }
    if name.contains("/") { return access(name, X_OK) == 0 }
    let folders = environment["PATH"]?.split(separator: ":").map(String.init) ?? []
    return folders.contains { access($0 + "/" + name, X_OK) == 0 }
  }
}
