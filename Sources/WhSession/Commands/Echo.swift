import WhSyntax

/// `echo WORD…`: prints words.
struct Echo: LocalCommand {
  static let grammar = Grammar("echo", .optional([.words("words", .word)]))
  static let help = Help(
    .scripting, "Print words, separated by spaces.",
    examples: [Example(#"echo "moving to ${host}""#, setup: "let host = hooks.example.com")])

  let text: String

  init(_ arguments: Arguments) throws(Diagnostic) {
    text = try arguments.texts("words").joined(separator: " ")
  }

  func run(in context: LocalContext) async -> Reply { [.text(text)] }
}
