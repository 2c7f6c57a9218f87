import WhSyntax

/// `exit`: leaves, as `quit` does.
struct Exit: Command {
  static let grammar = Grammar("exit")
  static let help = Help(.session, "Quit, like `quit`.", examples: [Example("exit", setup: "")])

  init(_ arguments: Arguments) {}

  static let kind = StatementKind.ends

  var work: Work { .ends }
}
