import Foundation
import TOMLKit
import WhSession

/// The configuration file: profiles, and which of them is the default.
struct Configuration {
  /// A server, and where its key comes from.
  struct Profile: Equatable {
    var baseURL: String?
    /// A file whose first line is the key.
    var keyFile: String?
    /// A shell command that prints the key.
    var keyCommand: String?
    /// True when a commit is to be confirmed.
    var isProtected = false
  }

  /// The profile that needs no configuration: the embedded stand-in.
  static let sandbox = "sandbox"

  var defaultProfile: String?
  var profiles: [String: Profile] = [:]

  /// Reads the file; an absent one is an empty configuration.
  ///
  /// - Throws: `ConfigurationProblem` with the place in the file, where there is one.
  static func load() throws(ConfigurationProblem) -> Configuration {
    guard access(Paths.configuration, F_OK) == 0 else { return Configuration() }
    do {
      let text = String(decoding: try SystemFiles.read(Paths.configuration), as: UTF8.self)
      return try Configuration(toml: text)
    } catch let problem as FileProblem {
      throw ConfigurationProblem("\(Paths.configuration) can't be read: \(problem.reason)", isUnreadable: true)
    } catch let problem as ConfigurationProblem {
      throw problem
    } catch {
      throw ConfigurationProblem("\(Paths.configuration): \(error)")
    }
  }

  init() {}

  /// - Throws: `ConfigurationProblem` for a text that is no TOML, a member of the wrong type, and one that nobody knows.
  init(toml text: String) throws {
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let place = error.source.begin
      throw ConfigurationProblem("\(Paths.configuration):\(place.line):\(place.column): \(error.description)")
    }
    for (key, value) in table {
      switch key {
      case "default": defaultProfile = try Self.string(value, key)
      case "profiles":
        guard let profiles = value.table else { throw ConfigurationProblem("`profiles` is no table", inFile: true) }
        for (name, value) in profiles { self.profiles[name] = try Self.profile(value, name) }
      default: throw ConfigurationProblem("`\(key)` is no setting", inFile: true)
      }
    }
  }

  private static func profile(_ value: any TOMLValueConvertible, _ name: String) throws -> Profile {
    guard let table = value.table else { throw ConfigurationProblem("`profiles.\(name)` is no table", inFile: true) }
    var profile = Profile()
    for (key, value) in table {
      let path = "profiles.\(name).\(key)"
      switch key {
      case "base_url": profile.baseURL = try string(value, path)
      case "key_file": profile.keyFile = try string(value, path)
      case "key_command": profile.keyCommand = try string(value, path)
      case "protected":
        guard let flag = value.bool else {
          throw ConfigurationProblem("`\(path)` is neither true nor false", inFile: true)
        }
        profile.isProtected = flag
      case "key", "api_key":
        throw ConfigurationProblem(
          "`\(path)`: a key does not stand in this file; use `key_file` or `key_command`", inFile: true)
      default: throw ConfigurationProblem("`\(path)` is no setting", inFile: true)
      }
    }
    return profile
  }

  private static func string(_ value: any TOMLValueConvertible, _ path: String) throws -> String {
    guard let text = value.string else { throw ConfigurationProblem("`\(path)` is no text", inFile: true) }
    return text
  }
}

/// What is wrong with the configuration file, as one sentence.
struct ConfigurationProblem: Error {
  let message: String
  let isUnreadable: Bool

  init(_ message: String, isUnreadable: Bool = false, inFile: Bool = false) {
    self.message = inFile ? "\(Paths.configuration): \(message)" : message
    self.isUnreadable = isUnreadable
  }
}
