import WhSyntax

/// `commit`: sends what is staged.
package struct Commit: CommitCommand {
  package static let grammar = Grammar("commit")
  package static let help = Help(
    .committing, "Send the staged changes, one request per changed webhook.",
    details: [
      "A webhook without changes gets no request. Each webhook ends as created, updated, deleted, "
        + "unchanged, applied differently, failed, conflict, unknown or not attempted, as the report shows."
    ],
    examples: [Example("add event MESSAGE_SENT; commit")])

  package init(_ arguments: Arguments) {}

  package func run(in context: CommitContext) async throws(Failure) -> Reply {
    try await context.commit()
  }
}
