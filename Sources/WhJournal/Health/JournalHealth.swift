/// What is known of a journal that can be read, or that does not exist yet.
package struct JournalHealth: Sendable {
  package enum Engine: Hashable, Sendable {
    case sqlite
    /// With the version of the server, such as `15.18`.
    case postgres(version: String)
  }

  package let engine: Engine
  /// Without passwords.
  package let place: String
  /// The number of steps that made its tables, from 1; nil for a journal that does not exist yet.
  package let version: Int?
  /// True if a commit could write to it, or create it.
  package let isWritable: Bool
  /// How long the server takes to answer; nil for a file.
  package let roundTrip: Duration?
  /// The runs that are not finished, of all profiles, oldest first.
  package let unfinished: [Run]

  package init(
    _ engine: Engine, at place: String, version: Int?, isWritable: Bool, roundTrip: Duration? = nil,
    unfinished: [Run] = []
  ) {
    self.engine = engine
    self.place = place
    self.version = version
    self.isWritable = isWritable
    self.roundTrip = roundTrip
    self.unfinished = unfinished
  }

  /// What to do about one that can't be written: one line, without a full stop.
  package var adviceToWrite: String {
    switch engine {
    case .sqlite: JournalError(.unwritable, at: place).advice
    case .postgres: JournalError(.unwritable, at: place, in: .database).advice
    }
  }
}

extension JournalLocation {
  /// Looks at the journal, which is not created. One of an earlier version is brought up to date, as by each opening.
  ///
  /// - Throws: `JournalError` for one that is damaged, out of reach, can't be read, or is of a newer version.
  package func health() async throws(JournalError) -> JournalHealth {
    switch self {
    case .file(let path): try await Journal.health(at: path)
    case .postgres(let address): try await PostgresJournal.health(at: address)
    }
  }
}

extension RunLog {
  /// The runs that are not finished, of all profiles, oldest first.
  ///
  /// - Throws: `JournalError`.
  func allUnfinishedRuns() async throws(JournalError) -> [Run] {
    try await runs().filter(\.isUnfinished).reversed()
  }
}
