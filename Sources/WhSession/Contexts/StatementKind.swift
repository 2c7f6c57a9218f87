import WhDomain
import WhSyntax

/// What a statement may do. Code that runs statements relies on this; there is no other list of statements.
package enum StatementKind: String, CaseIterable, Sendable {
  /// Reads the service and judges what it finds.
  case looks
  /// Prints data, which may go to a file or a command.
  case prints
  /// Changes what is selected, or where.
  case chooses
  /// Edits the selected webhooks.
  case edits
  /// Stages something else than an edit, or drops it.
  case stages
  /// Sends what is staged.
  case commits
  /// Concerns the session alone.
  case local
  /// Ends the session.
  case ends

  /// True for a statement that leaves what is staged, and the service, as they are.
  package var isHarmless: Bool {
    switch self {
    case .looks, .prints, .chooses, .local, .ends: true
    case .edits, .stages, .commits: false
    }
  }
}

/// What a selecting statement selects.
package enum Choice: Sendable {
  /// Another server, with its key.
  case server
  case apps
  case webhooks
}

/// What a statement does, given what its kind allows it.
package enum Work: Sendable {
  case looks(@SessionActor @Sendable (LookContext) async throws(Failure) -> Reply)
  case prints(@SessionActor @Sendable (LookContext) async throws(Failure) -> Reply)
  case chooses(@SessionActor @Sendable (ChooseContext) async throws(Failure) -> Reply)
  case edits(any Edit)
  case stages(@SessionActor @Sendable (StageContext) async throws(Failure) -> Reply)
  case commits(@SessionActor @Sendable (CommitContext) async throws(Failure) -> Reply)
  case local(@SessionActor @Sendable (LocalContext) async throws(Failure) -> Reply)
  case ends

  package var kind: StatementKind {
    switch self {
    case .looks: .looks
    case .prints: .prints
    case .chooses: .chooses
    case .edits: .edits
    case .stages: .stages
    case .commits: .commits
    case .local: .local
    case .ends: .ends
    }
  }
}

/// What can run: a statement of the table, or what replaces one.
package protocol Runnable: Sendable {
  var work: Work { get }
  /// What the statement does to the statements below it when they are read, as `let` does.
  func updateScope(_ scope: inout Scope)
  /// The statement as far as it changes nothing; nil if nothing is left.
  var harmless: (any Runnable)? { get }
  /// The file whose statements follow this one; nil for all but `source`.
  var inclusion: Inclusion? { get }
  /// What the statement selects; nil if it does not select.
  var choice: Choice? { get }
  /// What the statement will read.
  var foreseen: Foreseen { get }
  /// How long to wait before the statement runs once more, until a key is pressed; nil for one that runs once.
  var repetition: Duration? { get }
  /// True for a statement that only works at the prompt, and is an error in a script.
  var isForPrompt: Bool { get }
  /// True for a statement that can't run in several sessions at the same time, because each would write the same file.
  var isForOneSession: Bool { get }
}

/// A file that is read in place of a statement.
package struct Inclusion: Sendable {
  let path: String
  /// Where it is named.
  let place: Span
}

extension Runnable {
  package func updateScope(_ scope: inout Scope) {}

  package var inclusion: Inclusion? { nil }

  package var choice: Choice? { nil }

  package var foreseen: Foreseen { .nothing }

  package var repetition: Duration? { nil }

  package var isForPrompt: Bool { false }

  package var isForOneSession: Bool { false }

  package var harmless: (any Runnable)? { work.kind.isHarmless ? self : nil }
}

/// One statement of the language: its grammar, its help and what it does, in one type and one file.
package protocol Command: Runnable {
  static var grammar: Grammar { get }
  static var help: Help { get }
  static var kind: StatementKind { get }
  /// True for a statement whose words are sent to the service, or tested against what it holds: without a word that was
  /// withheld it is not run.
  static var usesValues: Bool { get }
  /// The statement as the edit that it is; nil for any other.
  var asEdit: (any EditCommand)? { get }

  /// Makes the command of a statement that fits the grammar, with its variables put in.
  ///
  /// - Throws: a diagnostic at the word that cannot be what the statement wants there.
  init(_ arguments: Arguments) throws(Diagnostic)
}

extension Command {
  package static var usesValues: Bool { false }
  package var asEdit: (any EditCommand)? { nil }
}

/// A statement that reads the service and judges what it finds.
package protocol LookCommand: Command {
  @SessionActor func run(in context: LookContext) async throws(Failure) -> Reply
}

extension LookCommand {
  package static var kind: StatementKind { .looks }
  package var work: Work { .looks { (context) async throws(Failure) in try await run(in: context) } }
}

/// A statement that prints data.
package protocol PrintCommand: Command {
  @SessionActor func run(in context: LookContext) async throws(Failure) -> Reply
}

extension PrintCommand {
  package static var kind: StatementKind { .prints }
  package var work: Work { .prints { (context) async throws(Failure) in try await run(in: context) } }
}

/// A statement that changes what is selected.
package protocol ChooseCommand: Command {
  @SessionActor func run(in context: ChooseContext) async throws(Failure) -> Reply
}

extension ChooseCommand {
  package static var kind: StatementKind { .chooses }
  package var work: Work { .chooses { (context) async throws(Failure) in try await run(in: context) } }
}

/// A statement that changes webhooks: all it has to say is what it does to one.
package protocol EditCommand: Command, Edit {}

extension EditCommand {
  package static var kind: StatementKind { .edits }
  package static var usesValues: Bool { true }
  package var work: Work { .edits(self) }
  package var asEdit: (any EditCommand)? { self }
}

/// A statement that stages something else than an edit, or drops it.
package protocol StageCommand: Command {
  @SessionActor func run(in context: StageContext) async throws(Failure) -> Reply
}

extension StageCommand {
  package static var kind: StatementKind { .stages }
  package var work: Work { .stages { (context) async throws(Failure) in try await run(in: context) } }
}

/// A statement that sends.
package protocol CommitCommand: Command {
  @SessionActor func run(in context: CommitContext) async throws(Failure) -> Reply
}

extension CommitCommand {
  package static var kind: StatementKind { .commits }
  package var work: Work { .commits { (context) async throws(Failure) in try await run(in: context) } }
}

/// A statement that concerns the session alone.
package protocol LocalCommand: Command {
  @SessionActor func run(in context: LocalContext) async throws(Failure) -> Reply
}

extension LocalCommand {
  package static var kind: StatementKind { .local }
  package var work: Work { .local { (context) async throws(Failure) in try await run(in: context) } }
}
