import WhDomain
import WhSyntax

/// `dump ["FILE"]`: writes the selection as a script that recreates it.
package struct Dump: Command {
  package static let grammar = Grammar("dump", .optional([.choice([[.output], [.slot("file", .file)]])]))
  package static let help = Help(
    .scripting, "Write the chosen webhooks as a script that sets all that they hold.",
    details: [
      "Run at once it changes nothing; run later it puts everything back. Staged edits are not in it.",
      "The values of secret headers are not written: such a header is left as it is, and a comment says so.",
    ],
    examples: [Example("dump"), Example(#"dump "before.wh""#)])

  let file: String?
  let place: Span

  package init(_ arguments: Arguments) throws(Diagnostic) {
    place = arguments.match.span
    file = arguments.words("file").isEmpty ? nil : try arguments.path(of: arguments.word("file"))
  }

  package func run(in session: isolated Session) async throws(Failure) -> Reply {
    let chosen = try session.requireChosen()
    try await session.requireViews(of: chosen)
    let webhooks = chosen.compactMap { key in session.workspace.base[key].map { (key.app, $0.webhook) } }
    let script = DumpScript(webhooks).text
    guard let file else { return [.script(script)] }
    // It would write what it finds now over what the run has put there.
    guard session.mode == .live else { return [.note("a plan does not write `\(file)`")] }
    do {
      try session.effects.writeFile(file, script)
    } catch {
      throw session.failure(
        Diagnostic(.unwritableFile, "`\(file)` can't be written: \(error.reason)", at: place))
    }
    return [.confirmation("wrote \(webhooks.count == 1 ? "1 webhook" : "\(webhooks.count) webhooks") to \(file)")]
  }
}
