import Testing
import WhDomain

@testable import WhJournal

@Suite("H9: a created webhook is known by its app and its id")
struct FaultsH9 {
  private static let other = App(id: AppID(unchecked: "app_2"))

  private static func webhook(_ id: String, of app: App, url: String = "https://a.example.com") throws -> Webhook {
    Webhook(
      id: WebhookID(unchecked: id), appID: app.id, url: url, events: ["A"],
      createdAt: try Timestamp(Moment.sample.adding(seconds: 1).description))
  }

  private static func intent(_ index: Int, in app: App, answer: Webhook? = nil) -> Intent {
    Intent(
      run: 1, index: index,
      change: Change(
        app: app, webhookID: nil, action: .create(url: "https://a.example.com", events: ["A"], headers: Headers())),
      outcome: RecordedOutcome(
        state: answer == nil ? .unknown : .created, closesIntent: answer != nil, answer: answer, at: .sample))
  }

  @Test("H9: what another app has under the same id accounts for nothing", arguments: [Duration.zero, nil])
  func sameID(offset: Duration?) throws {
    let mine = try Self.webhook("w1", of: Samples.app)
    for (excluded, finding) in [
      ([Self.other], CreationSearch.Finding.one(mine)), ([Samples.app], .nothing),
      ([Samples.app, Self.other], .nothing),
      ([], .one(mine)),
    ] {
      let search = CreationSearch(
        startedAt: .sample, clockOffset: offset,
        excluding: Set(excluded.map { WebhookKey($0.id, mine.id) }))
      #expect(search.find([Self.intent(0, in: Samples.app)], among: [mine]) == [0: finding])
    }
  }

  /// The run's own creations in other apps too.
  @Test("H9: a webhook's key has the app of the response")
  func keys() throws {
    let intent = Self.intent(0, in: Self.other, answer: try Self.webhook("w1", of: Self.other))
    #expect(intent.outcome?.answer?.key == WebhookKey(Self.other.id, WebhookID(unchecked: "w1")))
    #expect(intent.outcome?.answer?.key != WebhookKey(Samples.app.id, WebhookID(unchecked: "w1")))
  }

  @Test(
    "H9: with the service's clock off, what was made is found by that clock", arguments: [-600, -3600, 0, 600, 3600])
  func clocks(seconds: Int64) throws {
    let made = Webhook(
      id: WebhookID(unchecked: "w1"), appID: Samples.app.id, url: "https://a.example.com/", events: ["A"],
      createdAt: try Timestamp(Moment.sample.adding(seconds: seconds + 1).description))
    let search = CreationSearch(startedAt: .sample, clockOffset: .seconds(seconds), excluding: [])
    #expect(search.find([Self.intent(0, in: Samples.app)], among: [made]) == [0: .one(made)])
  }
}
