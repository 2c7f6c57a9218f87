/// Where the value of a setting comes from.
package enum SettingSource: Hashable, Sendable {
  /// An option of the command line, such as `--profile`.
  case option(String)
  /// A variable of the environment.
  case variable(String)
  /// A profile of the configuration file.
  case profile(String)
  /// The top of the configuration file.
  case configuration
  /// Nothing gives it.
  case standard
}

// MARK: - Wording

extension SettingSource: CustomStringConvertible {
  package var description: String {
    switch self {
    case .option(let name), .variable(let name): name
    case .profile(let name): "profile \(name)"
    case .configuration: "config.toml"
    case .standard: "default"
    }
  }
}
