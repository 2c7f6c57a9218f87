import GRDB
import WhDomain

/// Looking after the file.
extension Journal {
  package func abandon(_ number: Int) async throws(JournalError) {
    let run = try await run(number)
    if run.state == .running, !isOwn(run) {
      throw JournalError(.executing(number, by: holder(of: run.lockScope)), at: path)
    }
    try await write { [environment] db in
      try db.execute(
        sql: "UPDATE runs SET abandonedAt = ? WHERE number = ? AND \(Self.isUnfinished)",
        arguments: [environment.now().milliseconds, number])
    }
  }

  /// Gives the room back to the disk, too.
  package func prune(olderThan moment: Moment, profile: String?, host: String?) async throws(JournalError) -> Int {
    let count = try await write { db in
      let numbers = try Int.fetchAll(
        db,
        sql: """
          SELECT number FROM runs WHERE startedAt < ? AND \(Self.isOfProfileAndHost) AND NOT (\(Self.isUnfinished))
          """, arguments: [moment.milliseconds, profile, host])
      for number in numbers {
        let keys = IntentKey.all(ofRun: number)
        for (table, key) in [("outcomes", "intent"), ("intents", "id")] {
          try db.execute(
            sql: "DELETE FROM \(table) WHERE \(key) BETWEEN ? AND ?", arguments: [keys.lowerBound, keys.upperBound])
        }
        for (table, key) in [("origins", "run"), ("runs", "number")] {
          try db.execute(sql: "DELETE FROM \(table) WHERE \(key) = ?", arguments: [number])
        }
      }
      return numbers.count
    }
    guard count > 0 else { return 0 }
    // A disk that is full has no room for the copy that this makes; then the next runs fill the gaps.
    try? await perform { db in
      try db.execute(sql: "VACUUM")
      _ = try db.checkpoint(.truncate)
    }
    return count
  }
}
