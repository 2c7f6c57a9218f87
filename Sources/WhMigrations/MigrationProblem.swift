import WhDomain
import WhJournal
import WhSession
import WhSyntax

/// Why a migration is refused, or ends.
enum MigrationProblem: Error {
  case unknownScript(String, folder: String)
  case edited(script: Source, name: String, recorded: String, found: String)
  case vanished(script: String, recorded: String, folder: String)
  /// No script of the folder was applied.
  case nothingApplied(folder: String)
  /// No script that was applied expects anything.
  case nothingExpected(folder: String, count: Int)
  case unwritable(file: String, FileProblem)
  case journal(JournalError)
  case noJournal

  var kind: Failure.Kind {
    switch self {
    case .unknownScript, .edited, .vanished, .nothingApplied, .nothingExpected: .failed
    case .unwritable: .unreadableFile
    case .journal, .noJournal: .journal
    }
  }
}

// MARK: - Wording

extension MigrationProblem {
  var diagnostic: Diagnostic {
    switch self {
    case .unknownScript(let name, let folder):
      Diagnostic(
        .unknownScript, "there is no script `\(name)` in \(folder)", at: .nowhere(folder),
        label: "`wh migrate status` lists those there are")
    case .edited(let source, let name, let recorded, let found):
      Diagnostic(
        .editedScript, "\(name) was changed after it was applied", at: .nowhere(source.name),
        label: "its SHA-256 was \(recorded) and is \(found), with what it includes",
        notes: ["nothing was run: put the script back as it was, and add a new one"])
    case .vanished(let name, let recorded, let folder):
      Diagnostic(
        .missingScript, "\(name) was applied, and is not in \(folder) any more", at: .nowhere(folder),
        label: "its SHA-256 was \(recorded)",
        notes: [
          "nothing was run: put the script back",
          "a folder that began as a copy of another one needs an id of its own: remove its `.wh-migrations`",
        ])
    case .nothingApplied(let folder):
      Diagnostic(
        .nothingVerified, "no script of \(folder) was applied with this profile: there is nothing to verify",
        at: .nowhere(folder), label: "`wh migrate up` applies them")
    case .nothingExpected(let folder, let count):
      Diagnostic(
        .nothingVerified,
        "\(count == 1 ? "the script" : "none of the \(count) scripts") of \(folder) that "
          + "\(count.noun("was applied has no", "were applied has an")) `expect`: there is nothing to verify",
        at: .nowhere(folder))
    case .unwritable(let file, let problem):
      Diagnostic(.unwritableFile, "`\(file)` can't be written: \(problem.reason)", at: .nowhere(file))
    case .noJournal: Diagnostic(.journalUnusable, "no journal is kept", at: .nowhere("wh"))
    case .journal(let error):
      Diagnostic(.journalUnusable, "\(error)", at: .nowhere("wh"), label: error.advice)
    }
  }
}

extension Span {
  /// The place of what concerns a file or a folder as a whole.
  fileprivate static func nowhere(_ name: String) -> Span { Span(Source(name: name, bytes: []), 0..<0) }
}
