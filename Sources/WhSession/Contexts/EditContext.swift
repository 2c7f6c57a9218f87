import WhDomain
import WhSyntax

/// What an edit has: it is staged on the selected webhooks, on all or on none.
@SessionActor struct EditContext {
  let look: LookContext

  func stage(_ edit: any Edit) async throws(Failure) -> Reply {
    let selected = try look.selectedWebhooks()
    guard !selected.isEmpty else { return [.note("no webhooks selected: nothing staged")] }
    if edit.needs.contains(.appDetails) { try await look.requireDetails(of: selected) }
    if edit.needs.contains(.reading) { try await look.require(selected) }
    let bench = look.bench
    let before = edit.field == .events ? EventNames(of: selected, in: bench.view) : EventNames()
    do {
      let staged = try bench.draft.stage(edit, look.origin, on: selected, of: bench.view.holdings)
      if edit.field != .events {
        // A value for each app may make a secret of what is none in the script.
        for (_, entry) in staged { look.redactor.learn(secretsOf: entry.action) }
      }
    } catch {
      throw look.failure(.editRefused(error, look.view.app(error.key.app), look.span))
    }
    let changes = bench.draft.changeCount
    let webhooks = selected.count.counting("webhook")
    let after = edit.field == .events ? EventNames(of: selected, in: bench.view) : EventNames()
    return Reply(
      [.confirmation("staged on \(webhooks), \(changes.counting("change")) to commit")],
      warnings: after.warnings(since: before, look.span))
  }
}

// MARK: - Wording

extension Diagnostic {
  fileprivate static func editRefused(_ refusal: StagingRefused, _ app: App, _ span: Span) -> Diagnostic {
    Diagnostic(
      .editRefused, "the edit can't be applied to webhook \(refusal.key.webhook) of \(app.title)", at: span,
      label: "the result \(refusal.problem.reason)", notes: ["this statement staged nothing"])
  }
}
