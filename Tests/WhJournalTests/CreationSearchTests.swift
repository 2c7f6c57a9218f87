import Testing
import WhDomain

@testable import WhJournal

@Suite("Finding created webhooks")
struct CreationSearchTests {
  private static let url = "https://a.example.com/hook"
  private static let headers = Headers([Header(name: "X-Key", value: "1"), Header(name: "x-key", value: "2")])

  /// A creation that is open, with what is known of it.
  private static func intent(
    _ index: Int, _ state: Outcome.State? = nil, url: String = url, answer: Webhook? = nil
  ) -> Intent {
    Intent(
      run: 1, index: index,
      change: Change(
        app: Samples.app, webhookID: nil, action: .create(url: url, events: ["A", "B"], headers: headers)),
      outcome: state.map { RecordedOutcome(state: $0, closesIntent: false, answer: answer, at: .sample) })
  }

  /// A webhook of the same contents.
  ///
  /// - Parameter seconds: how long after the run it was created, by the service's clock; nil where that can't be read.
  private static func webhook(
    _ id: String, at seconds: Int64? = 1, url: String = url, events: [String] = ["A", "B"], headers: Headers = headers
  ) throws -> Webhook {
    Webhook(
      id: WebhookID(unchecked: id), appID: Samples.app.id, url: url, events: events, headers: headers,
      createdAt: try seconds.map { try Timestamp(Moment.sample.adding(seconds: $0).description) })
  }

  private static func find(
    _ intents: [Intent], _ webhooks: [Webhook], offset: Duration? = .zero, excluding others: Set<String> = []
  ) -> [String] {
    let search = CreationSearch(
      startedAt: .sample, clockOffset: offset,
      excluding: Set(others.map { WebhookKey(Samples.app.id, WebhookID(unchecked: $0)) }))
    let found = search.find(intents, among: webhooks)
    return intents.map { intent in
      switch found[intent.index] {
      case .nothing?: "nothing"
      case .one(let webhook)?: webhook.id.text
      case .several(let count)?: "several \(count)"
      case .strangers(let count)?: "strangers \(count)"
      case .doubtful(let count)?: "doubtful \(count)"
      case nil: "missing"
      }
    }
  }

  /// Seconds between the start of the run and the time that the service shows.
  @Test(
    "takes an equal webhook for an older one only if it is much older",
    arguments: [
      (-4, "w"), (-8, "doubtful 1"), (-3600, "doubtful 1"), (-86_400, "doubtful 1"), (-200_000, "nothing"),
      // 1970 and year 1 stand for an unknown time.
      (-1_795_000_000, "doubtful 1"), (-1_795_536_000, "doubtful 1"),
    ] as [(Int64, String)])
  func doubt(seconds: Int64, finding: String) throws {
    #expect(Self.find([Self.intent(0, .unknown)], [try Self.webhook("w", at: seconds)]) == [finding])
    // Other contents are no reason for doubt.
    #expect(Self.find([Self.intent(0, .unknown)], [try Self.webhook("w", at: -8, events: ["A"])]) == ["nothing"])
  }

  @Test("compares contents, as services write them")
  func contents() throws {
    let cases: [(Webhook, Bool)] = [
      (try Self.webhook("w"), true),
      (try Self.webhook("w", events: ["B", "A"]), true),
      (try Self.webhook("w", events: ["A"]), false),
      (try Self.webhook("w", events: ["A", "B", "C"]), false),
      (try Self.webhook("w", url: "HTTPS://A.Example.com:443/hook"), true),
      (try Self.webhook("w", url: "https://a.example.com/Hook"), false),
      (try Self.webhook("w", url: "https://a.example.com/hook/"), false),
      (try Self.webhook("w", url: "http://a.example.com/hook"), false),
      (try Self.webhook("w", headers: Headers()), false),
      (try Self.webhook("w", headers: Headers([Header(name: "X-Key", value: "1")])), false),
    ]
    for (webhook, isFound) in cases {
      #expect(Self.find([Self.intent(0)], [webhook]) == [isFound ? "w" : "strangers 1"], "\(webhook)")
    }
  }

  @Test("skips webhooks from before the run, by the clock of the service")
  func times() throws {
    let webhooks = [try Self.webhook("older", at: -60), try Self.webhook("newer", at: 1)]
    #expect(Self.find([Self.intent(0)], webhooks) == ["newer"])
    #expect(Self.find([Self.intent(0)], [webhooks[0]]) == ["doubtful 1"])
    // The clock of the service is ten minutes slow or fast.
    let behind = [try Self.webhook("older", at: -660), try Self.webhook("newer", at: -599)]
    #expect(Self.find([Self.intent(0)], behind, offset: .seconds(-600)) == ["newer"])
    let ahead = [try Self.webhook("older", at: 540), try Self.webhook("newer", at: 601)]
    #expect(Self.find([Self.intent(0)], ahead, offset: .seconds(600)) == ["newer"])
    // Times come in whole seconds.
    #expect(Self.find([Self.intent(0)], [try Self.webhook("same", at: -1)]) == ["same"])
    #expect(Self.find([Self.intent(0)], [try Self.webhook("timeless", at: nil)]) == ["timeless"])
  }

  @Test("does not rule out new webhooks with other contents, which may have been changed since")
  func strangers() throws {
    let other = "https://other.example.com"
    let webhooks = [try Self.webhook("older", at: -60, url: other), try Self.webhook("newer", url: other)]
    #expect(Self.find([Self.intent(0)], [webhooks[0]]) == ["nothing"])
    #expect(Self.find([Self.intent(0)], webhooks) == ["strangers 1"])
    #expect(Self.find([Self.intent(0)], webhooks, excluding: ["newer"]) == ["nothing"])
    #expect(Self.find([Self.intent(0)], webhooks, offset: nil) == ["nothing"])
    #expect(Self.find([Self.intent(0)], [try Self.webhook("timeless", at: nil, url: other)]) == ["nothing"])
    #expect(Self.find([Self.intent(0, .notAttempted)], webhooks) == ["nothing"])
    // One that was found is certain anyway.
    let both = [Self.intent(0), Self.intent(1, url: "https://b.example.com")]
    #expect(Self.find(both, [try Self.webhook("a"), webhooks[1]]) == ["a", "strangers 1"])
  }

  @Test("without the clock of the service takes only a single match")
  func clockless() throws {
    let older = try Self.webhook("older", at: -86_400)
    #expect(Self.find([Self.intent(0)], [older], offset: nil) == ["older"])
    #expect(Self.find([Self.intent(0)], [older, try Self.webhook("newer")], offset: nil) == ["several 2"])
    #expect(Self.find([Self.intent(0)], [], offset: nil) == ["nothing"])
    // Two of two may have been there before, too.
    let both = [Self.intent(0), Self.intent(1)]
    #expect(Self.find(both, [older, try Self.webhook("newer")], offset: nil) == ["several 2", "several 2"])
  }

  @Test("takes none that is known to belong to another creation")
  func others() throws {
    let webhooks = [try Self.webhook("a"), try Self.webhook("b")]
    #expect(Self.find([Self.intent(0)], webhooks, excluding: ["a"]) == ["b"])
    #expect(Self.find([Self.intent(0)], webhooks, excluding: ["a", "b"]) == ["nothing"])
  }

  @Test("assigns one to each of several equal creations, if there are not more webhooks than creations")
  func groups() throws {
    let intents = [Self.intent(3), Self.intent(5)]
    let webhooks = [try Self.webhook("a"), try Self.webhook("b"), try Self.webhook("c")]
    #expect(Self.find(intents, Array(webhooks[..<1])) == ["a", "nothing"])
    #expect(Self.find(intents, Array(webhooks[..<2])) == ["a", "b"])
    #expect(Self.find(intents, webhooks) == ["several 3", "several 3"])
    #expect(Self.find([Self.intent(3)], Array(webhooks[..<2])) == ["several 2"])
    let other = [Self.intent(3), Self.intent(4, url: "https://b.example.com")]
    let two = [webhooks[0], try Self.webhook("d", url: "https://b.example.com/")]
    #expect(Self.find(other, two) == ["a", "d"])
  }

  @Test("assigns them first to confirmed creations, and never to one that was not attempted")
  func known() throws {
    let webhooks = [try Self.webhook("a"), try Self.webhook("b")]
    #expect(Self.find([Self.intent(0), Self.intent(1, .created)], Array(webhooks[..<1])) == ["nothing", "a"])
    #expect(Self.find([Self.intent(0, .notAttempted), Self.intent(1)], Array(webhooks[..<1])) == ["nothing", "a"])
    #expect(Self.find([Self.intent(0, .notAttempted)], webhooks) == ["nothing"])
    // What is known by its id is found by it, whatever it holds, and is no other's.
    let renamed = try Self.webhook("a", url: "https://c.example.com")
    let named = [Self.intent(0), Self.intent(1, .created, answer: renamed)]
    #expect(Self.find(named, [webhooks[1], renamed]) == ["b", "a"])
    #expect(Self.find(named, [webhooks[1]]) == ["b", "nothing"])
    #expect(Self.find([Self.intent(0), Self.intent(1, .created, answer: webhooks[0])], webhooks) == ["b", "a"])
  }
}
