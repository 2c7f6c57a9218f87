import WhSyntax

/// `dump ["FILE"]`: writes the selection as a script.
struct Dump: UnavailableCommand {
  static let grammar = Grammar("dump", .optional([.slot("file", .file)]))
  static let help = Help(
    .scripting, "Write the chosen webhooks as a script that recreates them.",
    examples: [Example("dump")])

  init(_ arguments: Arguments) throws(Diagnostic) {
    throw Self.notAvailable(arguments)
  }
}
