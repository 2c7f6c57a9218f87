import WhAPI
import WhDomain
import WhJournal

/// What a profile resolves to: each value with what gives it, and no secret.
package struct ProfileSettings: Sendable {
  package struct Setting: Hashable, Sendable {
    /// As `config.toml` names it, where it does.
    package let name: String
    package let value: String
    package let source: SettingSource
  }

  /// In the order in which they are shown.
  package let settings: [Setting]

  /// - Parameters:
  ///   - source: what names the profile.
  ///   - journal: where its journal is, or why that is not known.
  package init(
    _ server: ChosenServer, namedBy source: SettingSource, in configuration: Configuration,
    journal: Result<JournalLocation, JournalError>, givenBy journalSource: SettingSource
  ) {
    let profile = server.settings ?? Configuration.Profile()
    let given = configuration.givenSettings[server.profile] ?? []
    func own(_ name: String, _ value: String) -> Setting {
      Setting(name: name, value: value, source: given.contains(name) ? .profile(server.profile) : .standard)
    }
    var settings = [
      Setting(name: "profile", value: server.profile, source: source),
      Setting(
        name: "server", value: server.base?.description ?? "the embedded sandbox", source: server.source),
      Self.key(of: server, profile),
    ]
    if profile.keyCommand != nil { settings.append(own("key_timeout", "\(profile.keyTimeout) s")) }
    settings += [
      own("protected", profile.isProtected ? "yes" : "no"),
      own("connect_timeout", "\(profile.connectTimeout) s"), own("response_timeout", "\(profile.responseTimeout) s"),
      own("response_limit", "\(profile.responseLimit) MiB"),
    ]
    let events = [(configuration.events, SettingSource.configuration), (profile.events, .profile(server.profile))]
    settings += events.filter { !$0.0.isEmpty }.map {
      Setting(name: "events", value: $0.joined(separator: ", "), source: $1)
    }
    settings.append(Setting(name: "journal", value: Self.text(of: journal), source: journalSource))
    self.settings = settings
  }

  package subscript(name: String) -> Setting? { settings.first { $0.name == name } }

  /// The key itself is never read for this.
  private static func key(of server: ChosenServer, _ profile: Configuration.Profile) -> Setting {
    guard let base = server.base else { return Setting(name: "key", value: "not needed", source: .standard) }
    switch server.keys.choice(for: base) {
    case .environment: return Setting(name: "key", value: Secret.mask, source: .variable("WH_API_KEY"))
    case .profile: return Setting(name: "key", value: profile.keyPlace ?? "none", source: .profile(server.profile))
    case .none(.noKey): return Setting(name: "key", value: "none", source: .standard)
    case .none(.environmentElsewhere(let own)):
      return Setting(name: "key", value: "none: WH_API_KEY is only for \(own)", source: .standard)
    case .none(.profileElsewhere(let own)):
      return Setting(name: "key", value: "none: the key of the profile is only for \(own.server)", source: .standard)
    }
  }

  private static func text(of journal: Result<JournalLocation, JournalError>) -> String {
    switch journal {
    case .success(.file(let path)): path
    case .success(.postgres(let address)): address.shown
    case .failure(let error): "not valid: it \(error.detail)"
    }
  }
}
