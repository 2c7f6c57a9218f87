import WhDomain
import WhSyntax

/// One statement of the language: its grammar, its help and what it does, in one type and one file.
package protocol Command: Runnable {
  static var grammar: Grammar { get }
  static var help: Help { get }

  /// Makes the command of a statement that fits the grammar, with its variables put in.
  ///
  /// - Throws: a diagnostic at the word that cannot be what the statement wants there.
  init(_ arguments: Arguments) throws(Diagnostic)
}

/// What a session can do.
package protocol Runnable: Sendable {
  /// What the statement does to the statements below it when they are read, as `let` does.
  func updateScope(_ scope: inout Scope)

  /// Does what the statement says.
  ///
  /// - Throws: `Failure` when it could not, and then the session is as it was.
  func run(in session: isolated Session) async throws(Failure) -> Reply
}

extension Runnable {
  package func updateScope(_ scope: inout Scope) {}
}

/// A statement whose words are sent to the service, or tested against what it holds: without a word that was withheld it
/// is not run.
package protocol ValueCommand: Command {}

/// A statement that changes webhooks: all it has to say is what it does to one.
package protocol EditCommand: ValueCommand {
  var edit: Edit { get }
}

extension EditCommand {
  package func run(in session: isolated Session) async throws(Failure) -> Reply {
    try await session.stage(edit)
  }
}

/// What `help` and the language reference say of a statement.
package struct Help: Sendable {
  /// The chapter of the reference that the statement belongs to.
  package enum Chapter: String, CaseIterable, Sendable {
    case choosing = "Choosing apps and webhooks"
    case looking = "Looking"
    case editing = "Editing"
    case committing = "Committing and undoing"
    case scripting = "Scripting"
    case session = "The session"
  }

  package let chapter: Chapter
  /// One sentence.
  package let summary: String
  /// Further paragraphs.
  package let details: [String]
  package let examples: [Example]

  package init(_ chapter: Chapter, _ summary: String, details: [String] = [], examples: [Example]) {
    self.chapter = chapter
    self.summary = summary
    self.details = details
    self.examples = examples
  }
}

/// A piece of a script that shows a statement. It runs as a test on the demo data, behind its `setup`.
package struct Example: Sendable {
  package let script: String
  package let setup: String

  /// Examples work on the demo app and all its webhooks, if they do not choose for themselves.
  package static let demoSelection = "use app my-app; webhook *"

  package init(_ script: String, setup: String = Example.demoSelection) {
    self.script = script
    self.setup = setup
  }
}
