import Foundation
import Synchronization
import WhTestSupport

/// Apps with three webhooks each, as a service that stores changes, for a `FakeService`.
final class ManyApps: Sendable {
  static let webhooksPerApp = 3

  private struct State {
    var apps: Int
    var urls: [String: String] = [:]
    var writes = 0
    var gate: (write: Int, gate: Gate)?
  }

  private let state: Mutex<State>

  init(_ apps: Int) {
    state = Mutex(State(apps: 0))
    for _ in 1...apps { addApp() }
  }

  func addApp() {
    state.withLock { state in
      for number in 0..<Self.webhooksPerApp {
        state.urls["whk_\(state.apps)_\(number)"] = "https://example.com/\(number)"
      }
      state.apps += 1
    }
  }

  /// The url of each webhook, by id.
  var urls: [String: String] { state.withLock(\.urls) }
  /// How many updates were made.
  var writes: Int { state.withLock(\.writes) }

  /// Makes the answer to a write wait, by its number counted from the next one, when it is done already.
  func hold(_ write: Int) -> Gate {
    let gate = Gate()
    state.withLock { $0.gate = ($0.writes + write, gate) }
    return gate
  }

  func answer(_ request: RecordedRequest) -> CannedAnswer {
    let steps = request.path.split(separator: "/").map(String.init)
    guard steps.starts(with: ["v1", "organization", "apps"]) else { return .text(404, "404 page not found") }
    switch (request.method, steps.count) {
    case ("GET", 3):
      let count = state.withLock(\.apps)
      return json(["apps": (0..<count).map(app), "totalCount": count])
    case ("GET", 5):
      let urls = urls.filter { $0.key.hasPrefix(steps[3].replacing("app_", with: "whk_") + "_") }
      return json(["webhooks": urls.keys.sorted().map { webhook($0, urls[$0]) }, "totalCount": urls.count])
    case ("GET", 6): return json(webhook(steps[5], urls[steps[5]]))
    case ("PUT", 6): return update(steps[5], request.json?["url"] as? String)
    default: return .text(405, "Method Not Allowed")
    }
  }

  private func update(_ id: String, _ url: String?) -> CannedAnswer {
    let gate = state.withLock { state in
      state.urls[id] = url ?? state.urls[id]
      state.writes += 1
      return state.gate?.write == state.writes ? state.gate?.gate : nil
    }
    gate?.pass()
    return json(webhook(id, urls[id]))
  }

  private func app(_ number: Int) -> [String: Any] {
    [
      "id": "app_\(number)", "slug": "slug-\(number)", "name": "App \(number)", "status": "active",
      "createdAt": "2021-08-01T00:00:00Z", "updatedAt": "2021-08-01T00:00:00Z",
    ]
  }

  private func webhook(_ id: String, _ url: String?) -> [String: Any] {
    [
      "id": id, "appId": "app_" + (id.split(separator: "_").dropFirst().first ?? ""), "url": url ?? "",
      "events": ["MESSAGE_CREATED"], "headers": NSNull(), "createdAt": "2021-08-01T00:00:00Z",
      "updatedAt": "2021-08-01T00:00:00Z",
    ]
  }

  private func json(_ object: [String: Any]) -> CannedAnswer {
    let data = try? JSONSerialization.data(withJSONObject: object)
    return .json(200, String(decoding: data ?? Data(), as: UTF8.self))
  }
}
