import WhDomain
import WhSyntax

/// `rollback`: drops what is staged.
package struct Rollback: StageCommand {
  package static let grammar = Grammar("rollback")
  package static let help = Help(
    .committing, "Discard all staged changes.", examples: [Example("add event MESSAGE_SENT; rollback")])

  package init(_ arguments: Arguments) {}

  package func run(in context: StageContext) async -> Reply {
    let count = context.rollback()
    return [.confirmation(count == 0 ? "nothing staged" : "discarded \(count.counting("change"))")]
  }
}
