import WhDomain
import WhSyntax

/// `edit`: opens the last line in the user's editor.
struct EditLine: LocalCommand {
  static let grammar = Grammar("edit")
  static let help = Help(
    .session, "Open the last line in your editor. Only at the prompt.",
    details: [
      "The editor is `$VISUAL` or `$EDITOR`, or else `vi`. What it saves is in the line after that, and runs when Enter is pressed. "
        + "Ctrl-X Ctrl-E opens the line that is being typed. A line that holds a secret is not kept, so that the one before it is opened."
    ],
    examples: [Example("edit", setup: "")])

  init(_ arguments: Arguments) {}

  /// An editor may do anything.
  var harmless: (any Runnable)? { nil }

  var isForPrompt: Bool { true }

  func run(in context: LocalContext) async throws(Failure) -> Reply {
    let prompt = try context.requirePrompt()
    do throws(FileProblem) {
      try await prompt.edit("")
      return []
    } catch {
      throw context.failure(Diagnostic(.commandFailed, "the line was not edited: \(error.reason)", at: context.span))
    }
  }
}
