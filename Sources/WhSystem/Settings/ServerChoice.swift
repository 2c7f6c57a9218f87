import WhAPI
import WhDomain

/// A server, with what is known of its profile and of the keys that may go there.
package struct ChosenServer: Sendable {
  /// The profile's name.
  package let profile: String
  /// Nil for the sandbox in this process.
  package let base: BaseURL?
  /// What gives the server.
  package let source: SettingSource
  /// Nil for a profile that is not in the configuration.
  package let settings: Configuration.Profile?
  package let keys: KeyPolicy
}

/// Finds a session's server by what the command line, the environment and the configuration say, in this order.
package struct ServerChoice: Sendable {
  private let configuration: Configuration
  private let environment: Environment
  private let profile: String?
  private let baseURL: String?
  private let isSandbox: Bool

  /// - Parameters:
  ///   - profile: the one that the command line names.
  ///   - baseURL: the server that the command line names.
  ///   - isSandbox: true where the command line asks for the embedded sandbox.
  package init(
    _ configuration: Configuration, _ environment: Environment, profile: String? = nil, baseURL: String? = nil,
    isSandbox: Bool = false
  ) {
    self.configuration = configuration
    self.environment = environment
    self.profile = profile
    self.baseURL = baseURL
    self.isSandbox = isSandbox
  }

  /// Names of events that the configuration adds to the catalogue, for the profile that the session begins with.
  package var ownEvents: [String] {
    (configuration.events + (configuration.profiles[profileName]?.events ?? [])).uniqued()
  }

  /// The name of the profile that the session begins with, whether it exists or not.
  package var profileName: String { named(by: nil) ?? configuration.defaultProfile ?? "default" }

  /// What names the profile that the session begins with.
  package var profileSource: SettingSource {
    if isSandbox { return .option("--sandbox") }
    if profile != nil { return .option("--profile") }
    if environment["WH_PROFILE"] != nil { return .variable("WH_PROFILE") }
    return configuration.defaultProfile == nil ? .standard : .configuration
  }

  /// The profile that is asked for by name; nil where none is.
  private func named(by statement: String?) -> String? {
    statement ?? (isSandbox ? Configuration.sandbox : profile ?? environment["WH_PROFILE"])
  }

  /// The server that a session begins with, or that of a profile that a statement names.
  ///
  /// - Throws: `ServerProblem`.
  package func server(ofStatement statement: String? = nil) throws(ServerProblem) -> ChosenServer {
    // The profile of the start may be in no configuration, and still be returned to.
    let isStart = statement == profileName && configuration.profiles[profileName] == nil
    let statement = isStart ? nil : statement
    let named = named(by: statement)
    let name = named ?? configuration.defaultProfile ?? "default"
    let settings = configuration.profiles[name]
    let isNamed = named != nil || configuration.defaultProfile != nil
    guard settings != nil || !isNamed || name == Configuration.sandbox else {
      throw .unknownProfile(name, known: (configuration.profiles.keys + [Configuration.sandbox]).sorted())
    }
    if settings == nil, name == Configuration.sandbox {
      return ChosenServer(
        profile: name, base: nil, source: .standard, settings: nil, keys: KeyPolicy(environment: nil, own: nil))
    }
    let own = try settings?.baseURL.map(Self.url) ?? .service
    // The server that the environment's key is for.
    let given = try (baseURL ?? environment["WH_BASE_URL"]).map(Self.url)
    let keys = KeyPolicy(
      environment: environment["WH_API_KEY"] == nil ? nil : given ?? .service,
      own: settings?.hasKey == true ? KeyPolicy.OwnKey(profile: name, server: own) : nil)
    // The command line wins over the environment: a profile that is named there goes to its own server.
    let isOnCommandLine = profile != nil && settings?.baseURL != nil && baseURL == nil
    if statement == nil, !isOnCommandLine, let given {
      let source: SettingSource = baseURL == nil ? .variable("WH_BASE_URL") : .option("--base-url")
      return ChosenServer(profile: name, base: given, source: source, settings: settings, keys: keys)
    }
    return ChosenServer(
      profile: name, base: own, source: settings?.baseURL == nil ? .standard : .profile(name), settings: settings,
      keys: keys)
  }

  private static func url(_ text: String) throws(ServerProblem) -> BaseURL {
    do {
      return try BaseURL(text)
    } catch {
      throw .invalidURL(text, error.reason)
    }
  }
}

/// Why there is no server.
package enum ServerProblem: Error, Equatable, Sendable {
  case unknownProfile(String, known: [String])
  case invalidURL(String, _ reason: String)
}

// MARK: - Wording

extension ServerProblem {
  /// One sentence.
  package var message: String {
    switch self {
    case .unknownProfile(let name, _): "no profile named `\(name)`"
    case .invalidURL(let text, let reason): "`\(ServerURL.withoutUser(text))` is not a valid server url: it \(reason)"
    }
  }

  /// What to do about it.
  package var label: String? {
    switch self {
    case .unknownProfile(_, let known):
      (known.count == 1 ? "the only profile is " : "the profiles are ") + known.joined(separator: ", ")
    case .invalidURL: nil
    }
  }
}

extension BaseURL {
  /// What is most likely wrong with it.
  package var hint: String? {
    guard pathPrefix.hasSuffix("/v1") else { return nil }
    return "the server url \(self) ends in `/v1`, which is added to each request: remove it"
  }
}
