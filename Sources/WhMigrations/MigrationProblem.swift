import WhJournal

/// Why a migration is refused or ends.
package enum MigrationProblem: Error, Sendable {
  case unknownScript(String, folder: String)
  case edited(script: String, recorded: String, found: String)
  case vanished(script: String, recorded: String, folder: String)
  case contradictions
  case journal(JournalError)
}

// MARK: - Wording

extension MigrationProblem {
  /// One sentence.
  package var message: String {
    switch self {
    case .unknownScript(let name, let folder):
      "there is no script `\(name)` in \(folder); `wh migrate status` lists those there are"
    case .edited(let name, let recorded, let found):
      "\(name) was changed after it was applied: its SHA-256 was \(recorded) and is \(found)"
    case .vanished(let name, let recorded, let folder):
      "\(name) was applied, with SHA-256 \(recorded), and is not in \(folder) any more"
    case .contradictions: "nothing was run: put the scripts back as they were, and add a new one"
    case .journal(let error): "\(error); \(error.advice)"
    }
  }
}
