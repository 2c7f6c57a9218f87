import WhDomain
import WhSyntax

/// `dump ["FILE"]`: writes the selection as a script that recreates it.
package struct Dump: PrintCommand {
  /// A file name alone is treated as one after `>`.
  package static let grammar = Grammar("dump", .optional([.choice([[.output], [.slot(Match.Output.slot, .file)]])]))
  package static let help = Help(
    .scripting, "Write the selected webhooks as a script that restores them.",
    details: [
      "The script sets every field to its current value on the service. Staged edits are not included.",
      "Secret header values are not written: a comment takes their place, and the header is left unchanged.",
      "`dump \"FILE\"` means `dump > FILE`: only an empty file is overwritten.",
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
