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
    let app = App(
      id: AppID(unchecked: try row.decode(atIndex: 1)), slug: try row.optional(at: 2), name: try row.optional(at: 3))
    let webhookID: String? = try row.optional(at: 4)
    let reference = Webhook(id: try Self.id(webhookID ?? "-"), appID: app.id, url: "", events: [])
    let change = Change(
      app: app, webhookID: webhookID == nil ? nil : reference.id,
      action: try Change.Action(
        name: try row.decode(atIndex: 5), before: try row.optional(at: 6), asked: try row.optional(at: 7),
        of: reference),
      origins: try origins(row))
    return Intent(
      run: key.run, index: key.index, change: change,
      outcome: row.hasNull(atIndex: 10) ? nil : try Self.outcome(row, reference))
  }

  private mutating func origins(_ row: Row) throws -> [Origin] {
    guard let id: Int64 = try row.optional(at: 8) else { return [] }
    if let last, last.row == id { return last.origins }
    let origins = try JSONReading.origins(try row.decode(atIndex: 9))
    last = (id, origins)
    return origins
  }

  private static func outcome(_ row: Row, _ reference: Webhook) throws -> RecordedOutcome {
    let name: String = try row.decode(atIndex: 10)
    guard let state = Outcome.State(rawValue: name) else { throw DamagedText("unknown state \(name)") }
    let answer: String? = try row.optional(at: 13)
    return RecordedOutcome(
      state: state, closesIntent: try row.decode(atIndex: 11), message: try row.optional(at: 12),
      answer: try answer.map { try JSONReading.webhook($0, of: reference) }, tries: try row.decode(atIndex: 14),
      at: Moment(milliseconds: try row.decode(atIndex: 15)))
  }

  private static func id(_ text: String) throws(DamagedText) -> WebhookID {
    do {
      return try WebhookID(text)
    } catch {
      throw DamagedText("an invalid webhook id: it \(error.reason)")
    }
  }
}
