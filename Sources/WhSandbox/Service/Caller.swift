/// Who makes a request, once the key has been accepted.
enum Caller: Sendable {
  case admin
  case app(App, isTest: Bool)

  var kind: Key.Kind {
    switch self {
    case .admin: .admin
    case .app: .app
    }
  }

  /// What the id of a webhook that the caller creates begins with.
  var webhookPrefix: String {
    if case .app(_, isTest: true) = self { return "whk_test_" }
    return "whk_"
  }
}
