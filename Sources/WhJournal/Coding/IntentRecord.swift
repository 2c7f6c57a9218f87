import WhDomain

/// A change as the columns of a row hold it.
struct IntentRecord: Sendable {
  let appID: String
  let appSlug: String?
  let appName: String?
  let webhookID: String?
  let action: String
  let before: String?
  let asked: String?

  init(_ change: Change) {
    appID = change.app.id.text
    appSlug = change.app.slug
    appName = change.app.name
    webhookID = change.webhookID?.text
    action = change.action.name
    before = change.before.map { JSONWriter.webhook($0, of: change) }
    asked = JSONWriter.asked(change.action)
  }

  init(
    appID: String, appSlug: String?, appName: String?, webhookID: String?, action: String, before: String?,
    asked: String?
  ) {
    self.appID = appID
    self.appSlug = appSlug
    self.appName = appName
    self.webhookID = webhookID
    self.action = action
    self.before = before
    self.asked = asked
  }

  /// The intent at a place of a run, with what came of it.
  func intent(
    of run: Int, at index: Int, _ origins: [Origin], _ outcome: OutcomeRecord?
  ) throws(DamagedText) -> Intent {
    let app = App(
      id: try Self.valid("app") { () throws(InvalidValue) in try AppID(kept: appID) }, slug: appSlug, name: appName)
    let id = try Self.valid("webhook") { () throws(InvalidValue) in try WebhookID(webhookID ?? "-") }
    let reference = Webhook(id: id, appID: app.id, url: "", events: [])
    let change = Change(
      app: app, webhookID: webhookID == nil ? nil : reference.id,
      action: try Change.Action(name: action, before: before, asked: asked, of: reference), origins: origins)
    return Intent(run: run, index: index, change: change, outcome: try outcome?.outcome(reference))
  }

  private static func valid<ID>(_ kind: String, _ read: () throws(InvalidValue) -> ID) throws(DamagedText) -> ID {
    do {
      return try read()
    } catch {
      throw DamagedText("an invalid \(kind) id: it \(error.reason)")
    }
  }
}

/// What came of a change, as the columns of a row hold it.
struct OutcomeRecord: Sendable {
  let state: String
  let settled: Bool
  let message: String?
  let answer: String?
  let tries: Int
  let at: Moment

  init(_ outcome: Outcome, tries: Int, at: Moment) {
    state = outcome.state.rawValue
    settled = outcome.closesIntent
    message = outcome.message
    answer = outcome.answer.map { JSONWriter.webhook($0, of: outcome.change) }
    self.tries = tries
    self.at = at
  }

  init(state: String, settled: Bool, message: String?, answer: String?, tries: Int, at: Moment) {
    self.state = state
    self.settled = settled
    self.message = message
    self.answer = answer
    self.tries = tries
    self.at = at
  }

  /// - Parameter reference: a webhook that has the ids of the change.
  fileprivate func outcome(_ reference: Webhook) throws(DamagedText) -> RecordedOutcome {
    guard let state = Outcome.State(rawValue: state) else { throw DamagedText("unknown state \(state)") }
    return RecordedOutcome(
      state: state, closesIntent: settled, message: message,
      answer: try answer.map { (text) throws(DamagedText) in try JSONReading.webhook(text, of: reference) },
      tries: tries, at: at)
  }
}
