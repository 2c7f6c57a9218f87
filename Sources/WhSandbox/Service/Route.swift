import Foundation

/// A path that the service knows.
enum Route: Sendable, Equatable {
  /// Whose webhooks a path speaks of.
  enum Owner: Sendable, Equatable {
    /// The app with this id, which an admin key names.
    case app(id: String)
    /// The app that an app key belongs to.
    case ownApp

    var keyKind: Key.Kind {
      self == .ownApp ? .app : .admin
    }
  }

  case apps
  case webhooks(Owner)
  case webhook(Owner, id: String)
  /// The messages that a test app receives.
  case playground

  /// Reads a path as a request line has it, percent-encoded; nil for a path the service doesn't know.
  init?(path: String) {
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).map {
      $0.removingPercentEncoding ?? String($0)
    }
    guard segments.first == "", !segments.dropFirst().contains("") else { return nil }
    switch Array(segments.dropFirst()) {
    case ["v1", "organization", "apps"]: self = .apps
    case ["v1", "webhooks"]: self = .webhooks(.ownApp)
    case ["v1", "playground", "sms", "inbound"], ["v1", "playground", "whatsapp", "inbound"]: self = .playground
    case let rest where rest.count == 3 && rest.starts(with: ["v1", "webhooks"]):
      self = .webhook(.ownApp, id: rest[2])
    case let rest where rest.count == 5 && rest.starts(with: ["v1", "organization", "apps"]) && rest[4] == "webhooks":
      self = .webhooks(.app(id: rest[3]))
    case let rest where rest.count == 6 && rest.starts(with: ["v1", "organization", "apps"]) && rest[4] == "webhooks":
      self = .webhook(.app(id: rest[3]), id: rest[5])
    default: return nil
    }
  }

  /// The operations on this path by method, in the order of an `Allow` header.
  var operations: [(method: String, operation: Operation)] {
    switch self {
    case .apps:
      [("GET", .listApps)]
    case .webhooks(let owner):
      [("GET", .listWebhooks(owner.keyKind)), ("POST", .createWebhook(owner.keyKind))]
    case .webhook(let owner, _):
      [
        ("GET", .getWebhook(owner.keyKind)), ("PUT", .updateWebhook(owner.keyKind)),
        ("DELETE", .deleteWebhook(owner.keyKind)),
      ]
    case .playground:
      [("POST", .receiveMessage)]
    }
  }

  /// The routes whose limit it shares.
  var family: Options.RouteFamily {
    switch self {
    case .apps, .webhooks(.app), .webhook(.app, _): .apps
    case .webhooks(.ownApp), .webhook(.ownApp, _): .webhooks
    case .playground: .general
    }
  }
}
