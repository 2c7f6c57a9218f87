import Testing
import WhDeterminism
import WhDomain
import WhSession

/// Reads and writes of one webhook that overlap: what is held is what became known last of the service, in whatever order the
/// answers come.
@Suite struct HoldingsTests {
  private static let app = AppID(unchecked: "app_1")

  private static func webhook(_ url: String, _ id: String = "w1") -> Webhook {
    Webhook(id: WebhookID(unchecked: id), appID: app, url: url, events: [])
  }

  private static func key(_ id: String = "w1") -> WebhookKey { WebhookKey(app, WebhookID(unchecked: id)) }

  enum Step: Sendable {
    /// An answer of a read of this webhook, that began then.
    case read(String, began: Int)
    /// An answer of a list with this webhook alone, or with none.
    case list(String?, began: Int)
    case wrote(String, began: Int, ended: Int)
    case deleted(ended: Int)
  }

  @Test(
    arguments: [
      ([.read("a", began: 1), .read("b", began: 2)], "b"),
      ([.read("b", began: 2), .read("a", began: 1)], "b"),
      ([.read("a", began: 1), .wrote("b", began: 2, ended: 3)], "b"),
      // A list that began before the write ended may show what came before it.
      ([.list("a", began: 1), .wrote("b", began: 2, ended: 5), .list("a", began: 4)], "b"),
      ([.list("a", began: 1), .wrote("b", began: 3, ended: 5), .list("a", began: 2)], "b"),
      ([.list("a", began: 1), .wrote("b", began: 2, ended: 5), .list("c", began: 6)], "c"),
      ([.list("a", began: 1), .wrote("b", began: 2, ended: 5), .read("a", began: 4)], "b"),
      ([.list("a", began: 1), .list("a", began: 4), .wrote("b", began: 2, ended: 5)], "b"),
      // What was created after a list began is not missing.
      ([.list(nil, began: 1), .wrote("b", began: 2, ended: 5), .list(nil, began: 4)], "b"),
      ([.list(nil, began: 1), .wrote("b", began: 2, ended: 5), .list(nil, began: 6)], nil),
      // What was deleted does not come back.
      ([.list("a", began: 1), .deleted(ended: 5), .list("a", began: 4)], nil),
      ([.list("a", began: 1), .deleted(ended: 5), .read("a", began: 4)], nil),
      ([.list("a", began: 1), .deleted(ended: 5), .list("c", began: 6)], "c"),
    ] as [([Step], String?)])
  func lastKnown(steps: [Step], expected: String?) {
    var holdings = Holdings()
    for step in steps {
      switch step {
      case .read(let url, let began): holdings.add(Self.webhook(url), to: Self.app, at: .seconds(began))
      case .list(let url, let began):
        holdings.remember(all: url.map { [Self.webhook($0)] } ?? [], of: Self.app, at: .seconds(began))
      case .wrote(let url, let began, let ended):
        holdings.add(written: Self.webhook(url), to: Self.app, readAt: .seconds(began), end: .seconds(ended))
      case .deleted(let ended): holdings.forget(Self.key(), at: .seconds(ended))
      }
    }
    #expect(holdings.webhook(Self.key())?.url == expected)
    if let listed = holdings.webhooks(of: Self.app) { #expect(listed == (expected == nil ? [] : [Self.key()])) }
  }

  @Test("What is known of an app that was listed is in its list, once", arguments: Seeds.first(200))
  func listsAreWhole(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var holdings = Holdings()
    for time in 1...30 {
      let id = random.pick(["w1", "w2", "w3"])
      let now = Duration.seconds(time)
      switch random.below(6) {
      case 0: holdings.add(Self.webhook("r", id), to: Self.app, at: now)
      case 1: holdings.remember(Self.webhook("m", id), of: Self.app, at: now)
      case 2: holdings.add(written: Self.webhook("w", id), to: Self.app, readAt: now, end: now)
      case 3: holdings.forget(Self.key(id), at: now)
      case 4:
        let ids = ["w1", "w2", "w3"].filter { _ in random.isHeads() }
        holdings.remember(all: ids.map { Self.webhook("l", $0) }, of: Self.app, at: now)
      default: holdings.forgetReads(except: [Self.key(id)], listsOf: random.isHeads() ? [Self.app] : [])
      }
      guard let listed = holdings.webhooks(of: Self.app) else { continue }
      #expect(Set(listed).count == listed.count)
      // What was added after the list is in it at once; what was only read, with the next write.
      for key in listed { #expect(holdings.webhook(key) != nil) }
      holdings.add(written: Self.webhook("x", id), to: Self.app, readAt: now, end: now)
      #expect(holdings.webhooks(of: Self.app)?.filter { $0 == Self.key(id) }.count == 1)
    }
  }

  @Test("A later page of a list is as old as its own read")
  func laterPage() {
    var holdings = Holdings()
    holdings.remember(
      all: [Self.webhook("a"), Self.webhook("b", "w2")], of: Self.app, at: .seconds(1),
      later: [WebhookID(unchecked: "w2"): .seconds(3)])
    holdings.add(written: Self.webhook("x"), to: Self.app, readAt: .seconds(2), end: .seconds(2))
    holdings.add(written: Self.webhook("y", "w2"), to: Self.app, readAt: .seconds(2), end: .seconds(2))
    holdings.remember(
      all: [Self.webhook("a"), Self.webhook("b", "w2")], of: Self.app, at: .seconds(1),
      later: [WebhookID(unchecked: "w2"): .seconds(3)])
    #expect(holdings.webhook(Self.key())?.url == "x" && holdings.webhook(Self.key("w2"))?.url == "b")
    #expect(holdings.base[Self.key("w2")]?.readAt == .seconds(3))
  }
}
