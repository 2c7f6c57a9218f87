/// What `help` and the language reference say of a statement.
package struct Help: Sendable {
  /// The chapter of the reference that the statement belongs to.
  package enum Chapter: String, CaseIterable, Sendable {
    case choosing = "Selecting apps and webhooks"
    case looking = "Viewing"
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

/// A piece of a script that shows a statement. It runs as a test on the demo data, after its `setup`.
package struct Example: Sendable {
  package let script: String
  package let setup: String

  /// Examples work on the demo app and all its webhooks, if they have no selection of their own.
  package static let demoSelection = "use app my-app; webhook *"

  package init(_ script: String, setup: String = Example.demoSelection) {
    self.script = script
    self.setup = setup
  }
}
