import WhDomain
import WhSyntax

/// `rollback`: drops what is staged.
package struct Rollback: Command {
  package static let grammar = Grammar("rollback")
  package static let help = Help(
    .committing, "Drop what is staged.", examples: [Example("add event MESSAGE_SENT; rollback")])

  package init(_ arguments: Arguments) {}

  package func run(in session: isolated Session) async -> Reply {
    let count = session.workspace.changeCount
    session.workspace.rollback()
    session.forgetUndo()
    return [.confirmation(count == 0 ? "nothing was staged" : "dropped \(count) \(count == 1 ? "change" : "changes")")]
  }
}
