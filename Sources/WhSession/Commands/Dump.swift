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
        + "that it comes from, it changes nothing. It continues after an error, so a webhook that is gone is one "
        + "difference among others, and then exits with 1.",
      "Secret header values are not written: a comment takes their place, and the header is left unchanged.",
      "`dump strict` also states how many webhooks each selected app has, and which headers each webhook has. Run with "
        + "`wh plan`, it shows every difference but one: the value of a secret header that was changed.",
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

  package var foreseen: Foreseen { isStrict ? .list : .nothing }

  package func run(in context: LookContext) async throws(Failure) -> Reply {
    let chosen = try context.selectedWebhooks()
    try await context.require(chosen)
    let script: any GeneratedScript =
      isCopy ? try await copy(of: chosen, context) : try await restoration(of: chosen, context)
    do {
      return [.script(try script.text())]
    } catch {
      throw context.failure(.unreadable(error, context.span))
    }
  }

  @SessionActor private func restoration(
    of chosen: [WebhookKey], _ context: LookContext
  ) async throws(Failure) -> DumpScript {
    let apps = isStrict ? try await listedApps(in: context) : chosen.map(\.app).uniqued()
    let holdings = context.view.holdings
    let byApp = Dictionary(grouping: chosen, by: \.app)
    return DumpScript(
      apps.map { app in
        DumpScript.Part(
          app: app, webhooks: (byApp[app] ?? []).compactMap(holdings.webhook), listed: holdings.webhooks(of: app)?.count
        )
      }, isStrict: isStrict, vocabulary: vocabulary, redactor: context.redactor)
  }

  @SessionActor private func copy(of chosen: [WebhookKey], _ context: LookContext) async throws(Failure) -> CopyScript {
    try await context.requireDetails(of: chosen)
    let view = context.view
    let copies = chosen.compactMap { key in view.holdings.webhook(key).map { (app: view.app(key.app), webhook: $0) } }
    return CopyScript(copies, vocabulary: vocabulary, redactor: context.redactor)
  }

  /// The selected apps, whose webhooks have been listed where the service lists them.
  @SessionActor private func listedApps(in context: LookContext) async throws(Failure) -> [AppID] {
    let apps = try await context.selectedApps()
    let catalog = try await context.connected().catalog
    do throws(ReadFailure) {
      try await catalog.requireLists(of: apps)
    } catch {
      guard error.isMissingOperation else { throw Failure(error, at: context.span) }
    }
    return apps.map(\.id)
  }
}

extension Diagnostic {
  fileprivate static func unreadable(_ problem: UnreadableDump, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unreadableDump, "the dump can't be read back: \(problem.reason)", at: span, label: "nothing was written",
      notes: ["please report this"])
  }
}
