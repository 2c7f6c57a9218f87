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
  /// Every `expect` was of an empty selection.
  case nothingChecked(folder: String)
  /// A plan of the folder was applied, and the ledger does not say so yet.
  case unrecorded(WhJournal.Run, folder: String)
  /// The ledger does not say any more what it said when the plan was made.
  case otherLedger(script: String, String, plan: String)
  case unwritable(file: String, FileProblem)
  case journal(JournalError)
  case noJournal

  var kind: Failure.Kind {
    switch self {
    case .unknownScript, .edited, .vanished, .nothingApplied, .nothingExpected, .nothingChecked, .unrecorded,
      .otherLedger:
      .failed
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
        .unknownScript, "no script named `\(name)` in \(folder)", at: .nowhere(folder),
        label: "run `wh migrate status` for a list")
    case .edited(let source, let name, let recorded, let found):
      Diagnostic(
        .editedScript, "\(name) was changed after it was applied", at: .nowhere(source.name),
        label: "SHA-256 was \(recorded), is now \(found) (including the scripts it sources)",
        notes: ["nothing was run: restore the script, and put the change in a new script"])
    case .vanished(let name, let recorded, let folder):
      Diagnostic(
        .missingScript, "\(name) was applied, but is missing from \(folder)", at: .nowhere(folder),
        label: "its SHA-256 was \(recorded)",
        notes: [
          "nothing was run: restore the script",
          "if this folder is a copy of another one, remove `.wh-migrations` to give it a new id",
        ])
    case .nothingApplied(let folder):
      Diagnostic(
        .nothingVerified, "no script in \(folder) has been applied with this profile: nothing to verify",
        at: .nowhere(folder), label: "run `wh migrate up` to apply them")
    case .nothingExpected(let folder, let count):
      Diagnostic(
        .nothingVerified,
        "\(count == 1 ? "the script" : "none of the \(count) scripts") of \(folder) that "
          + "\(count.noun("was applied has no", "were applied has an")) `expect`: there is nothing to verify",
        at: .nowhere(folder))
    case .nothingChecked(let folder):
      Diagnostic(
        .nothingVerified, "the `expect` statements of \(folder) found no webhooks: nothing was verified",
        at: .nowhere(folder))
    case .unrecorded(let run, let folder):
      Diagnostic(
        .unfinishedRun, "run \(run.number) applied a plan of \(folder), and its scripts are not recorded yet",
        at: .nowhere(folder),
        label: "\(run.isUnfinished ? "run `wh resume`, and then" : "run") `wh apply` with the plan again",
        notes: ["nothing was run: `wh runs abandon \(run.number)` gives it up, or `undo \(run.number)` reverts it"])
    case .otherLedger(let script, let reason, let plan):
      Diagnostic(
        .editedScript, "\(script) \(reason) since the plan was made", at: .nowhere(plan),
        label: "nothing was sent; make the plan again with `wh migrate plan --out`")
    case .unwritable(let file, let problem):
      Diagnostic(.unwritableFile, "`\(file)` can't be written: \(problem.reason)", at: .nowhere(file))
    case .noJournal: Diagnostic(.journalUnusable, "no journal is in use", at: .nowhere("wh"))
    case .journal(let error):
      Diagnostic(.journalUnusable, "\(error)", at: .nowhere("wh"), label: error.advice)
    }
  }
}

extension Span {
  /// The place of what concerns a file or a folder as a whole.
  fileprivate static func nowhere(_ name: String) -> Span { Span(Source(name: name, bytes: []), 0..<0) }
}
