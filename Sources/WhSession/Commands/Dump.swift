import WhDomain
import WhSyntax

/// `dump [strict|as create] ["FILE"]`: writes the selection as a script that restores or copies it.
package struct Dump: PrintCommand {
  /// A file name alone is treated as one after `>`.
  package static let grammar = Grammar(
    "dump", .optional([.choice([["strict"], ["as", "create"]])]),
    .optional([.choice([[.output], [.slot(Match.Output.slot, .file)]])]))
  package static let help = Help(
    .scripting, "Write the selected webhooks as a script that restores them.",
    details: [
      "The script sets every field to its current value on the service. Staged edits are not included. On the service "
        + "that it comes from, it changes nothing.",
      "Secret header values are not written: a comment takes their place, and the header is left unchanged.",
      "`dump strict` also states how many webhooks each selected app has, and which headers each webhook has. Run with "
        + "`wh plan`, it shows every difference: it continues after one, and exits with 1.",
      "`dump as create` writes a script that creates the webhooks where they are missing, for another app or organisation. Secrets "
        + "are variables at its top. Running it twice changes nothing.",
      "`dump \"FILE\"` means `dump > FILE`: only an empty file is overwritten.",
    ],
    examples: [
      Example("dump"), Example(#"dump "before.wh""#), Example(#"dump strict "state.wh""#),
      Example(#"dump as create "copy.wh""#),
    ])

  private let vocabulary: Vocabulary
  private let isStrict: Bool
  private let isCopy: Bool

  package init(_ arguments: Arguments) throws(Diagnostic) {
    vocabulary = arguments.vocabulary
    isStrict = arguments.has("strict")
    isCopy = arguments.has("create")
  }

  package func run(in context: LookContext) async throws(Failure) -> Reply {
    let chosen = try context.selectedWebhooks()
    try await context.require(chosen)
    let totals = isStrict ? try await totals(in: context) : nil
    if isCopy { try await context.requireDetails(of: chosen) }
    let holdings = context.view.holdings
    let webhooks = chosen.compactMap { key in holdings.webhook(key).map { (key.app, $0) } }
    do {
      return [.script(try script(of: webhooks, totals, context))]
    } catch {
      throw context.failure(.unreadable(error, context.span))
    }
  }

  @SessionActor private func script(
    of webhooks: [(AppID, Webhook)], _ totals: DumpScript.Totals?, _ context: LookContext
  ) throws(UnreadableDump) -> String {
    if isCopy {
      let copies = webhooks.map { (app: context.view.app($0), webhook: $1) }
      return try CopyScript(copies, vocabulary: vocabulary, redactor: context.redactor).text()
    }
    return try DumpScript(webhooks, totals: totals, vocabulary: vocabulary, redactor: context.redactor).text()
  }

  /// How many webhooks the selected apps have.
  @SessionActor private func totals(in context: LookContext) async throws(Failure) -> DumpScript.Totals {
    let apps = try await context.selectedApps()
    let catalog = try await context.connected().catalog
    do throws(ReadFailure) {
      try await catalog.webhooks(of: apps)
    } catch {
      guard error.isMissingOperation else { throw Failure(error, at: context.span) }
    }
    return DumpScript.Totals(apps: apps.map { ($0.id, catalog.holdings.webhooks(of: $0.id)?.count) })
  }
}

extension Diagnostic {
  fileprivate static func unreadable(_ problem: UnreadableDump, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unreadableDump, "the dump can't be read back: \(problem.reason)", at: span, label: "nothing was written",
      notes: ["please report this"])
  }
}
