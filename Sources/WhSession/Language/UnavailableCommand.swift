import WhSyntax

/// A statement of the language that this version reads and does not yet execute: it says so when it is read, so that
/// nothing is sent by a script that counts on it.
package protocol UnavailableCommand: Command {}

extension UnavailableCommand {
  static func notAvailable(_ arguments: Arguments) -> Diagnostic {
    Diagnostic(
      .notAvailable, "`\(grammar.head)` is not in this version of `wh`", at: arguments.match.span,
      label: "this statement can't be run yet")
  }

  package func run(in session: isolated Session) async -> Reply { [] }
}
