import GRDB
import WhDomain

/// Reads intents with their outcomes, row by row.
struct IntentReader {
  /// What `intent(_:)` reads. The two places of the condition are the keys of the first and the last intent.
  static let sql = """
    SELECT i.id, i.appId, i.appSlug, i.appName, i.webhookId, i.action, i.before, i.asked, i.origins, s.statements,
      o.state, o.settled, o.message, o.answer, o.tries, o.at
    FROM intents i LEFT JOIN outcomes o ON o.intent = i.id LEFT JOIN origins s ON s.id = i.origins
    WHERE i.id BETWEEN ? AND ?
    """

  /// Intents of the same statements stand together: those are read once.
  private var last: (row: Int64, origins: [Origin])?

  mutating func intent(_ row: Row) throws -> Intent {
    let key = IntentKey(rawValue: try row.decode(atIndex: 0))
    let record = IntentRecord(
      appID: try row.decode(atIndex: 1), appSlug: try row.optional(at: 2), appName: try row.optional(at: 3),
      webhookID: try row.optional(at: 4), action: try row.decode(atIndex: 5), before: try row.optional(at: 6),
      asked: try row.optional(at: 7))
    return try record.intent(
      of: key.run, at: key.index, try origins(row), row.hasNull(atIndex: 10) ? nil : try Self.outcome(row))
  }

  private mutating func origins(_ row: Row) throws -> [Origin] {
    guard let id: Int64 = try row.optional(at: 8) else { return [] }
    if let last, last.row == id { return last.origins }
    let origins = try JSONReading.origins(try row.decode(atIndex: 9))
    last = (id, origins)
    return origins
  }

  private static func outcome(_ row: Row) throws -> OutcomeRecord {
    OutcomeRecord(
      state: try row.decode(atIndex: 10), settled: try row.decode(atIndex: 11), message: try row.optional(at: 12),
      answer: try row.optional(at: 13), tries: try row.decode(atIndex: 14),
      at: Moment(milliseconds: try row.decode(atIndex: 15)))
  }
}
