import WhSyntax

/// `history [N]`: prints the lines that were typed last.
struct ShowHistory: LocalCommand {
  static let grammar = Grammar("history", .optional([.slot("count", .lines)]))
  static let help = Help(
    .session, "Print the last lines of the history. Only at the prompt.",
    details: [
      "Without a number it prints 20 lines. Ctrl-R searches the history. A line that begins with a space, or holds a secret, is not kept."
    ],
    examples: [Example("history", setup: ""), Example("history 100", setup: "")])

  private static let standard = 20

  private let count: Int

  init(_ arguments: Arguments) throws(Diagnostic) {
    count =
      try arguments.words("count").first.map { word throws(Diagnostic) in
        try arguments.positiveNumber(word, .invalidLimit, "number of lines")
      } ?? Self.standard
  }

  var isForPrompt: Bool { true }

  func run(in context: LocalContext) async throws(Failure) -> Reply {
    let lines = try context.requirePrompt().history(newest: count)
    return lines.isEmpty ? [.note("the history is empty")] : [.text(lines.joined(separator: "\n"))]
  }
}
