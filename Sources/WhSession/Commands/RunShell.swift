import WhDomain
import WhSyntax

/// `! COMMAND`: runs a command of the shell.
struct RunShell: LocalCommand {
  static let grammar = Grammar("!", .slot("command", .command))
  static let help = Help(
    .session, "Run a shell command. Only at the prompt.",
    details: [
      "The command extends to the end of the line or to a `;` outside quotes. It gets the terminal, and no API key.",
      "`show … | COMMAND` gives a command what a statement prints.",
    ],
    examples: [Example("! date", setup: ""), Example("! ls -l *.wh", setup: "")])

  private let command: String

  init(_ arguments: Arguments) throws(Diagnostic) {
    let word = try arguments.word("command")
    let scanner = SecretScanner(arguments.vocabulary.grammars, arguments.redactor)
    scanner.learn(fromCommand: word.span.text)
    // The shell's words are not ours, but a name that says secret says it there too.
    scanner.learn(from: Lexer.lex(Source(name: "shell", text: "echo " + word.span.text)).tokens)
    command = word.literal ?? word.span.text
  }

  /// A command may do anything.
  var harmless: (any Runnable)? { nil }

  var isForPrompt: Bool { true }

  func run(in context: LocalContext) async throws(Failure) -> Reply {
    let prompt = try context.requirePrompt()
    guard let problem = await prompt.run(command: command).problem else { return [] }
    return Reply([], failure: context.failure(Diagnostic(.commandFailed, problem, at: context.span)))
  }
}
