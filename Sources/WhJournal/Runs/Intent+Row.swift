import GRDB
import WhDomain

extension Intent {
  /// The columns that `init(row:)` reads, of intents with their outcomes.
  static let columns = """
    i.run, i.position, i.appId, i.appSlug, i.appName, i.webhookId, i.action, i.before, i.asked, i.origins,
    o.state, o.settled, o.message, o.answer, o.tries, o.at
    """
  static let tables = "intents i LEFT JOIN outcomes o ON o.run = i.run AND o.position = i.position"

  init(row: Row) throws {
    let app = App(
      id: AppID(unchecked: try row.decode(atIndex: 2)), slug: try row.optional(at: 3),
      name: try row.optional(at: 4))
    let id: String? = try row.optional(at: 5)
    let change = Change(
      app: app, webhookID: try id.map(Self.webhookID),
      action: try Change.Action(
        name: try row.decode(atIndex: 6), before: try row.optional(at: 7), asked: try row.optional(at: 8)),
      origins: try JSONReading.origins(try row.decode(atIndex: 9)))
    self.init(
      run: try row.decode(atIndex: 0), index: try row.decode(atIndex: 1), change: change,
      outcome: row.hasNull(atIndex: 10) ? nil : try RecordedOutcome(row: row))
  }

  private static func webhookID(_ text: String) throws(DamagedText) -> WebhookID {
    do {
      return try WebhookID(text)
    } catch {
      throw DamagedText("a webhook's id that \(error.reason)")
    }
  }
}
