/// An operation of the service, and the kind of key that it takes.
enum Operation: Sendable, Equatable {
  case listApps
  case listWebhooks(Key.Kind)
  case createWebhook(Key.Kind)
  case getWebhook(Key.Kind)
  case updateWebhook(Key.Kind)
  case deleteWebhook(Key.Kind)
  /// Lets a test app receive a message.
  case receiveMessage

  var keyKind: Key.Kind {
    switch self {
    case .listApps: .admin
    case .receiveMessage: .app
    case .listWebhooks(let kind), .createWebhook(let kind), .getWebhook(let kind), .updateWebhook(let kind),
      .deleteWebhook(let kind):
      kind
    }
  }

  var takesBody: Bool {
    switch self {
    case .createWebhook, .updateWebhook, .receiveMessage: true
    case .listApps, .listWebhooks, .getWebhook, .deleteWebhook: false
    }
  }

  var isRead: Bool {
    switch self {
    case .listApps, .listWebhooks, .getWebhook: true
    case .createWebhook, .updateWebhook, .deleteWebhook, .receiveMessage: false
    }
  }
}
