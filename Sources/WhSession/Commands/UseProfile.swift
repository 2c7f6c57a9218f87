import WhDomain
import WhSyntax

/// `use profile NAME`: changes the server and the key.
package struct UseProfile: ChooseCommand {
  package static let grammar = Grammar("use", "profile", .slot("name", .profile))
  package static let help = Help(
    .choosing, "Switch to the server and key of another profile.",
    details: [
      "Clears the selection. Not allowed while edits are staged, and not allowed in migrations."
    ],
    examples: [Example("use profile sandbox", setup: "")])

  package let choice: Choice? = .server
  package let foreseen = Foreseen.forgets
  let name: String

  package init(_ arguments: Arguments) throws(Diagnostic) {
    name = try arguments.text("name")
  }

  package func run(in context: ChooseContext) async throws(Failure) -> Reply {
    guard context.look.view.plan.isEmpty else { throw context.look.failure(.stagedEdits(context.look.span)) }
    try await context.connect(profile: name)
    return [.confirmation("profile \(name)")]
  }
}

extension Diagnostic {
  fileprivate static func stagedEdits(_ span: Span) -> Diagnostic {
    Diagnostic(
      .stagedEdits, "edits are staged for the current profile", at: span, label: "run `commit` or `rollback` first")
  }
}
