import WhAPI

/// Which key goes to a server: each only to the host that it was given for.
package struct KeyPolicy: Sendable {
  /// A profile that has a key of its own.
  package struct OwnKey: Equatable, Sendable {
    package let profile: String
    /// The profile's server.
    package let server: BaseURL

    package init(profile: String, server: BaseURL) {
      self.profile = profile
      self.server = server
    }
  }

  package enum Choice: Equatable, Sendable {
    /// `WH_API_KEY`.
    case environment
    case profile
    case none(Refusal)
  }

  /// Why no key goes to the server.
  package enum Refusal: Equatable, Sendable {
    /// There is a key in the environment, for another server.
    case environmentElsewhere(BaseURL)
    /// The profile has a key, for its own server.
    case profileElsewhere(OwnKey)
    case noKey
  }

  /// The server that the environment's key was given for: the one that is named with it, else the service's own. Nil where
  /// there is no key in the environment.
  private let environment: BaseURL?
  private let own: OwnKey?

  package init(environment: BaseURL?, own: OwnKey?) {
    self.environment = environment
    self.own = own
  }

  /// The key for a server. A profile's own key comes first.
  package func choice(for server: BaseURL) -> Choice {
    if let own, own.server.isSameHost(as: server) { return .profile }
    guard let environment else { return .none(own.map { .profileElsewhere($0) } ?? .noKey) }
    return environment.isSameHost(as: server) ? .environment : .none(.environmentElsewhere(environment))
  }

  /// The note about the choice between two keys; nil if there was one.
  package func note(on choice: Choice) -> String? {
    guard environment != nil, let own else { return nil }
    switch choice {
    case .profile: return "the key of profile \(own.profile) is used instead of WH_API_KEY"
    case .environment:
      return "WH_API_KEY is used instead of the key of profile \(own.profile), which is only for \(own.server)"
    case .none: return nil
    }
  }
}

extension BaseURL {
  /// True where a key for one is a key for the other: the same scheme, host and port.
  package func isSameHost(as other: BaseURL) -> Bool {
    scheme == other.scheme && host == other.host && effectivePort == other.effectivePort
  }

  private var effectivePort: Int { port ?? (scheme == "https" ? 443 : 80) }
}
