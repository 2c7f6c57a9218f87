import WhSyntax

/// `record "FILE"` and `record stop`: writes a transcript of the session.
struct Record: UnavailableCommand {
  static let grammar = Grammar("record", .choice([["stop"], [.slot("file", .file)]]))
  static let help = Help(
    .session, "Write a transcript of the session, or stop doing so.",
    examples: [Example(#"record "session.wh""#)])

  init(_ arguments: Arguments) throws(Diagnostic) {
    throw Self.notAvailable(arguments)
  }
}
