import WhAPI
import WhDomain

extension Finding {
  /// The profile, with what gives each of its values. Those with a finding of their own are left to that.
  package static func profile(_ settings: ProfileSettings) -> Finding {
    let others = settings.settings.filter { !["profile", "server", "key", "journal"].contains($0.name) }
    let groups = others.map(\.source).uniqued().map { source in
      let values = others.filter { $0.source == source }.map { "\($0.name) \($0.value)" }
      return "\(values.joined(separator: ", ")) (\(source))"
    }
    let name = settings["profile"].map { "\($0.value) (\($0.source))" } ?? ""
    return .ok(.profile, ([name] + groups).joined(separator: "; "))
  }

  /// A profile or a server that is not known.
  package static func problem(_ problem: ServerProblem) -> Finding {
    switch problem {
    case .unknownProfile:
      .problem(
        .profile, problem.message,
        advice: (problem.label.map { "\($0); " } ?? "") + "add one with `wh profile add`")
    case .invalidURL:
      .problem(.server, problem.message, advice: "fix --base-url, WH_BASE_URL or `base_url` of the profile")
    }
  }

  package static func server(_ server: ChosenServer) -> Finding {
    guard let base = server.base else { return .ok(.server, "the embedded sandbox") }
    let detail = "\(base) (\(server.source))"
    return base.hint.map { .warning(.server, detail, advice: $0) } ?? .ok(.server, detail)
  }

  /// A key that could be read.
  ///
  /// - Parameters:
  ///   - setting: what gives it.
  ///   - warnings: what is wrong with the place where it is.
  ///   - notes: why it is this one.
  package static func key(
    _ kind: KeyKind, _ setting: ProfileSettings.Setting?, warnings: [String], notes: [String]
  ) -> Finding {
    let place: String? =
      switch setting?.source {
      case .variable(let name): name
      case .profile(let name): "\(setting?.value ?? "") (profile \(name))"
      default: nil
      }
    let kind = kind == .admin ? "admin key" : "app key"
    let detail = ([[kind, place].compactMap(\.self).joined(separator: ", ")] + notes).joined(separator: "; ")
    guard let first = warnings.first else { return .ok(.key, detail) }
    return .warning(.key, detail, advice: ([first] + warnings.dropFirst()).joined(separator: "; "))
  }
}
