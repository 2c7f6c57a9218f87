import WhDomain
import WhSyntax

/// `dump ["FILE"]`: writes the selection as a script that recreates it.
package struct Dump: PrintCommand {
  /// A file alone stands where the one of an output does, and is written as one after `>`.
  package static let grammar = Grammar("dump", .optional([.choice([[.output], [.slot(Match.Output.slot, .file)]])]))
  package static let help = Help(
    .scripting, "Write the chosen webhooks as a script that sets all that they hold.",
    details: [
      "Run at once it changes nothing; run later it puts everything back. Staged edits are not in it.",
      "The values of secret headers are not written: such a header is left as it is, and a comment says so.",
      "`dump \"FILE\"` is `dump > FILE`: a file that has something in it is not overwritten.",
    ],
    examples: [Example("dump"), Example(#"dump "before.wh""#)])

  private let keywords: Set<String>

  package init(_ arguments: Arguments) throws(Diagnostic) {
    keywords = arguments.vocabulary.grammars.editKeywords
  }

  package func run(in context: LookContext) async throws(Failure) -> Reply {
    let chosen = try context.selectedWebhooks()
    try await context.require(chosen)
    let holdings = context.view.holdings
    return [
      .script(
        DumpScript(
          chosen.compactMap { key in holdings.webhook(key).map { (key.app, $0) } }, keywords: keywords,
          redactor: context.redactor
        ).text)
    ]
  }
}
