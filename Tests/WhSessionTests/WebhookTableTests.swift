import Testing
import WhDeterminism
import WhDomain

@testable import WhSession

@Suite("What is kept for each webhook")
struct WebhookTableTests {
  private static func key(_ number: Int) -> WebhookKey {
    WebhookKey(AppID(unchecked: "app_\(number % 3)"), WebhookID(unchecked: "w\(number)"))
  }

  @Test("It holds what a dictionary would, in the order in which the keys came", arguments: Seeds.first(20))
  func model(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var table = WebhookTable<Int>()
    var (values, order): ([WebhookKey: Int], [WebhookKey]) = ([:], [])
    for step in 0..<600 {
      let key = Self.key(random.below(60))
      switch random.below(8) {
      case 0..<4:
        table[key] = step
        if values.updateValue(step, forKey: key) == nil { order.append(key) }
      case 4..<7:
        table[key] = nil
        if values.removeValue(forKey: key) != nil { order.removeAll { $0 == key } }
      default:
        let rest = random.below(7)
        table.removeAll { _, value in value % 7 == rest }
        values = values.filter { $0.value % 7 != rest }
        order.removeAll { values[$0] == nil }
      }
      #expect(table.count == values.count)
      #expect(table[key] == values[key])
    }
    #expect(Array(table.keys) == order)
    #expect(Array(table.values) == order.map { values[$0] })
    #expect((0..<60).allSatisfy { table[Self.key($0)] == values[Self.key($0)] })
  }

  @Test("A key is the same as another with the same ids, however each was made")
  func keys() {
    #expect(Self.key(4) == Self.key(4))
    #expect(Self.key(4).hashValue == Self.key(4).hashValue)
    #expect(Self.key(4) != Self.key(7))
    let webhook = Webhook(id: Self.key(4).webhook, appID: Self.key(4).app, url: "", events: [])
    #expect(webhook.key == Self.key(4))
    #expect(
      Change(app: App(id: webhook.appID), webhookID: webhook.id, action: .delete(before: webhook)).key == webhook.key)
  }
}
