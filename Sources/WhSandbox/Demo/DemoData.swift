import GRDB

/// What a new store holds. The same every time: ids and dates are fixed.
package struct DemoData: Sendable, Equatable {
  let apps: [App]
  /// The webhooks of all apps, each app's together.
  let webhooks: [Webhook]

  init(apps: [App], webhooks: [Webhook]) {
    self.apps = apps
    self.webhooks = webhooks
  }

  /// An organisation with nothing in it.
  package static let empty = DemoData(apps: [], webhooks: [])

  /// The most apps that can be generated, and the most webhooks of all of them together.
  package static let largestSize = (apps: 100_000, webhooks: 1_000_000)

  /// Says why data of a size can't be generated.
  /// - Throws: `InvalidOptions`, naming the number that is out of range.
  package static func validate(apps: Int, webhooksPerApp: Int) throws(InvalidOptions) {
    guard (0...largestSize.apps).contains(apps) else {
      throw InvalidOptions("the number of apps must be between 0 and \(largestSize.apps), not \(apps)")
    }
    let most = largestSize.webhooks / max(1, apps)
    guard (0...most).contains(webhooksPerApp) else {
      throw InvalidOptions(
        "the number of webhooks per app must be between 0 and \(most) for \(apps) apps, not \(webhooksPerApp)")
    }
  }

  /// Makes data of any size up to `largestSize`: apps `app-0001` and on, of whose webhooks two in five subscribe `MESSAGE_SENT` and point at
  /// `old.example.com`; the others do neither.
  package static func generate(apps count: Int, webhooksPerApp: Int) -> DemoData {
    var random = SplitMix64(seed: 0)
    var apps: [App] = []
    var webhooks: [Webhook] = []
    for number in 1..<(count + 1) {
      let digits = String(number)
      let slug = "app-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      let app = App(
        id: Identifier.make(prefix: "app_") { random.next() }, slug: slug, name: "App \(number)", status: .active,
        createdAt: .utc(2024, 1, 1), updatedAt: .utc(2024, 1, 1))
      apps.append(app)
      for index in 0..<webhooksPerApp {
        let isOld = index % 5 == 0 || index % 5 == 2
        let host = isOld ? "old.example.com" : "other.example.com"
        let events: [OldEvent] = isOld ? [.sent, .delivered] : [.created, .delivered]
        webhooks.append(
          Webhook(
            id: Identifier.make(prefix: "whk_") { random.next() }, appID: app.id,
            url: "https://\(host)/\(slug)/\(index + 1)", events: events.map(\.rawValue), headers: nil,
            createdAt: .utc(2024, 1, 1), updatedAt: .utc(2024, 1, 1)))
      }
    }
    return DemoData(apps: apps, webhooks: webhooks)
  }

  func insert(into db: Database) throws {
    for app in apps { try app.insert(into: db) }
    for webhook in webhooks { try webhook.insert(into: db) }
  }
}
