import WhSyntax

/// `quit`: leaves.
struct Quit: Command {
  static let grammar = Grammar("quit")
  static let help = Help(
    .session, "Quit. The prompt asks for confirmation when edits are staged.",
    examples: [Example("quit", setup: "")])

  init(_ arguments: Arguments) {}

  static let kind = StatementKind.ends

  var work: Work { .ends }
}
