import GRDB

extension JournalError {
  /// What anything thrown on the way means for the journal.
  init(_ error: any Error, at place: String) {
    switch error {
    case let error as JournalError: self = error
    case let error as DatabaseError: self.init(error, at: place)
    case is RowDecodingError: self.init(.corrupt(run: nil), at: place, "a value of the wrong kind")
    case let error as DamagedText: self.init(.corrupt(run: nil), at: place, error.description)
    default: self.init(.unwritable, at: place, "\(error)")
    }
  }

  private init(_ error: DatabaseError, at place: String) {
    let kind: Kind =
      switch error.resultCode {
      case .SQLITE_FULL: .full
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
      case .SQLITE_MISUSE: .closed
      case .SQLITE_NOTADB: .notAJournal
      case .SQLITE_CORRUPT, .SQLITE_CONSTRAINT, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_FORMAT: .corrupt(run: nil)
      default: .unwritable
      }
    self.init(kind, at: place, error.message ?? "SQLite error \(error.extendedResultCode.rawValue)")
  }
}
