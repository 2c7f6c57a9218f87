import WhDomain
import WhSyntax

/// `unstage [N]`: drops what is staged on the selected webhooks, or what one statement staged.
struct Unstage: StageCommand {
  static let grammar = Grammar("unstage", .optional([.slot("number", .staged)]))
  static let help = Help(
    .committing, "Discard the staged changes of the selection, or of one statement.",
    details: ["`unstage 2` discards what the statement staged that `status` lists as 2, on all webhooks."],
    examples: [
      Example("add event MESSAGE_SENT; webhook where url ~ */status; unstage; status"),
      Example("add event MESSAGE_SENT; set header X-Team blue; unstage 1; status"),
    ])

  /// The statement, by its number in `status`, and where that is written; nil for the selection.
  private let number: (value: Int, place: Span)?

  init(_ arguments: Arguments) throws(Diagnostic) {
    number = try arguments.words("number").first.map { word throws(Diagnostic) in
      (try arguments.positiveNumber(word, .invalidLimit, "number of a staged statement"), word.span)
    }
  }

  func run(in context: StageContext) async throws(Failure) -> Reply {
    guard let number else {
      let count = context.unstage(try context.look.selectedWebhooks())
      let webhooks = count.counting("webhook")
      return [.confirmation(count == 0 ? "nothing staged on the selection" : "discarded the edits of \(webhooks)")]
    }
    let origins = context.look.view.draft.origins
    guard number.value <= origins.count else {
      throw context.look.failure(.notStaged(number.value, of: origins.count, number.place))
    }
    let origin = origins[number.value - 1]
    try context.unstage(origin)
    let left = context.look.view.draft.changeCount.counting("change")
    return [.confirmation("discarded `\(origin.statement)`, \(left) to commit")]
  }
}

extension Diagnostic {
  fileprivate static func notStaged(_ number: Int, of count: Int, _ span: Span) -> Diagnostic {
    Diagnostic(
      .invalidLimit, "no staged statement has the number \(number)", at: span,
      label: count == 0 ? "nothing is staged" : "`status` lists \(count.counting("statement"))")
  }
}
