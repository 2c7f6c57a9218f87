import WhSyntax

/// `quit`: leaves.
struct Quit: Command {
  static let grammar = Grammar("quit")
  static let help = Help(
    .session, "Leave. A script ends here; a prompt asks first when edits are staged.",
    examples: [Example("quit", setup: "")])

  init(_ arguments: Arguments) {}

  static let kind = StatementKind.ends

  var work: Work { .ends }
}
