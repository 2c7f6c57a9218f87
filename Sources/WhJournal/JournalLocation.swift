/// Where a journal is.
package enum JournalLocation: Equatable, Sendable {
  /// A SQLite file, by its path.
  case file(String)
  case postgres(PostgresAddress)

  /// A journal that machines share, by its url.
  ///
  /// - Parameter setting: what gave the text, such as `WH_JOURNAL`.
  /// - Throws: `JournalError` for any other text.
  package init(url text: String, from setting: String) throws(JournalError) {
    do throws(PostgresAddressProblem) {
      self = .postgres(try PostgresAddress(text))
    } catch {
      throw JournalError(.badAddress, at: setting, error.reason)
    }
  }

  /// The address of a journal that others share, without passwords; nil for a file.
  package var sharedName: String? {
    switch self {
    case .file: nil
    case .postgres(let address): address.shown
    }
  }

  /// What must not be shown of it.
  package var secrets: [String] {
    switch self {
    case .file: []
    case .postgres(let address): address.secrets
    }
  }

  /// Opens the journal, and creates it if missing.
  ///
  /// - Throws: `JournalError` for one that is damaged, out of reach, can't be written, or is of a newer version.
  package func open() async throws(JournalError) -> any RunLog {
    switch self {
    case .file(let path): try Journal(path: path)
    case .postgres(let address): try await PostgresJournal.open(address)
    }
  }

  /// Opens the journal; nil if it does not exist; it is not created.
  ///
  /// - Throws: `JournalError` as `open` does.
  package func find() async throws(JournalError) -> (any RunLog)? {
    switch self {
    case .file(let path): try Journal.open(ifExists: path)
    case .postgres(let address): try await PostgresJournal.open(ifExists: address)
    }
  }

  /// Opens the journal for reading alone; nil if it does not exist; it is not created. It need not be writable.
  ///
  /// - Throws: `JournalError` for one that is damaged, out of reach, can't be read, or is of a newer version.
  package func findToRead() async throws(JournalError) -> (any RunLog)? {
    switch self {
    case .file(let path): try Journal.open(toRead: path)
    case .postgres(let address): try await PostgresJournal.open(ifExists: address)
    }
  }
}
