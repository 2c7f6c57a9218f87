import TOMLKit
import WhDomain

/// What the configuration file says: profiles, and which of them is the default.
package struct Configuration: Sendable {
  /// A server, and where its key comes from.
  package struct Profile: Equatable, Sendable {
    package var baseURL: String?
    /// File with the key in its first line.
    package var keyFile: String?
    /// Shell command that prints the key.
    package var keyCommand: String?
    /// True when every commit is to be confirmed.
    package var isProtected = false
    /// How long the key command may take, in seconds: 1 to 3600.
    package var keyTimeout = CapturedCommand.Secret.seconds
    /// How long a connection, and then the first byte of a response, may take, in seconds: 1 to 3600.
    package var connectTimeout = 10
    package var responseTimeout = 30
    /// The longest response, in MiB: 1 to 1024.
    package var responseLimit = 8
    /// Names of events that its service has besides those of the catalogue.
    package var events: [String] = []
    /// The url of a journal that machines share; nil for the file of this one.
    package var journal: String?

    /// True where it has a key of its own.
    package var hasKey: Bool { keyFile != nil || keyCommand != nil }
    /// Where its key is, as in `key file ~/key`; nil where it has none.
    package var keyPlace: String? { keyFile.map { "key file \($0)" } ?? keyCommand.map { "key command \($0)" } }

    package init(baseURL: String? = nil, keyFile: String? = nil, keyCommand: String? = nil, isProtected: Bool = false) {
      self.baseURL = baseURL
      self.keyFile = keyFile
      self.keyCommand = keyCommand
      self.isProtected = isProtected
    }
  }

  /// The profile that needs no configuration: the embedded sandbox.
  package static let sandbox = "sandbox"

  package var defaultProfile: String?
  package var profiles: [String: Profile] = [:]
  /// The settings that the file has for each profile, by the names that it has for them.
  package var givenSettings: [String: Set<String>] = [:]
  /// Names of events that every service has besides those of the catalogue.
  package var events: [String] = []

  package init() {}

  /// - Throws: `ConfigurationProblem` for a text that is not TOML, a member of the wrong type, and an unknown one.
  init(toml text: String) throws(ConfigurationProblem.Kind) {
    for (key, value) in try Self.table(text) {
      switch key {
      case "default": defaultProfile = try Self.text(value, key)
      case "events": events = try Self.events(value, key)
      case "profiles":
        guard let profiles = value.table else { throw .notTable(key) }
        for (name, value) in profiles {
          self.profiles[name] = try Self.profile(value, "profiles.\(name)")
          givenSettings[name] = Set(value.table?.map(\.0) ?? [])
        }
      default: throw .unknownSetting(key)
      }
    }
  }

  private static func table(_ text: String) throws(ConfigurationProblem.Kind) -> TOMLTable {
    do {
      return try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw .syntax(line: error.source.begin.line, column: error.source.begin.column, error.description)
    } catch {
      throw .syntax(line: 1, column: 1, "\(error)")
    }
  }

  private static func profile(
    _ value: any TOMLValueConvertible, _ path: String
  ) throws(ConfigurationProblem.Kind) -> Profile {
    guard let table = value.table else { throw .notTable(path) }
    var profile = Profile()
    for (key, value) in table {
      let path = "\(path).\(key)"
      switch key {
      case "base_url": profile.baseURL = try text(value, path)
      case "key_file": profile.keyFile = try text(value, path)
      case "key_command": profile.keyCommand = try text(value, path)
      case "key_timeout": profile.keyTimeout = try number(value, path, 1...3600, "seconds")
      case "connect_timeout": profile.connectTimeout = try number(value, path, 1...3600, "seconds")
      case "response_timeout": profile.responseTimeout = try number(value, path, 1...3600, "seconds")
      case "response_limit": profile.responseLimit = try number(value, path, 1...1024, "MiB")
      case "events": profile.events = try events(value, path)
      case "journal": profile.journal = try text(value, path)
      case "protected":
        guard let flag = value.bool else { throw .notFlag(path) }
        profile.isProtected = flag
      case "key", "api_key": throw .keyInFile(path)
      default: throw .unknownSetting(path)
      }
    }
    return profile
  }

  private static func events(
    _ value: any TOMLValueConvertible, _ path: String
  ) throws(ConfigurationProblem.Kind) -> [String] {
    guard let array = value.array else { throw .notEvents(path) }
    var events: [String] = []
    for element in array {
      guard let name = element.string else { throw .notEvents(path) }
      do {
        try EventCatalogue.validate(name)
      } catch {
        throw .notEvent(path, name, error.reason)
      }
      events.append(name)
    }
    return events
  }

  private static func number(
    _ value: any TOMLValueConvertible, _ path: String, _ range: ClosedRange<Int>, _ unit: String
  ) throws(ConfigurationProblem.Kind) -> Int {
    guard let number = value.int, range.contains(number) else { throw .notNumber(path, range, unit) }
    return number
  }

  private static func text(
    _ value: any TOMLValueConvertible, _ path: String
  ) throws(ConfigurationProblem.Kind) -> String {
    guard let text = value.string else { throw .notText(path) }
    return text
  }
}
