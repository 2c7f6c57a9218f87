import WhDomain

/// What is wrong with the configuration file, or with a change of it.
package struct ConfigurationProblem: Error, Equatable, Sendable {
  package enum Kind: Error, Equatable, Sendable {
    case unreadable(FileProblem)
    case unwritable(FileProblem)
    case zeroByte(line: Int, column: Int)
    case syntax(line: Int, column: Int, String)
    case notTable(_ setting: String)
    case notText(_ setting: String)
    case notFlag(_ setting: String)
    case notNumber(_ setting: String, ClosedRange<Int>, _ unit: String)
    case notEvents(_ setting: String)
    case notEvent(_ setting: String, _ name: String, _ reason: String)
    case unknownSetting(String)
    case keyInFile(_ setting: String)
    case profileExists(String)
    case noProfile(String)
    /// The profile is not written as a table of its own.
    case foreignForm(_ profile: String)
    /// The file could not be read any more with the change in it.
    case broken(String)
  }

  package let kind: Kind
  package let path: String

  /// True if the file exists and can't be read.
  package var isUnreadable: Bool { if case .unreadable = kind { true } else { false } }
}

// MARK: - Wording

extension ConfigurationProblem {
  /// One sentence.
  package var message: String {
    switch kind {
    case .unreadable(let problem): "\(path) can't be read: \(problem.reason)"
    case .unwritable(let problem): "\(path) can't be written: \(problem.reason)"
    case .zeroByte(let line, let column): "\(path):\(line):\(column): NUL byte"
    case .syntax(let line, let column, let text): "\(path):\(line):\(column): \(text)"
    case .notTable(let setting): "\(path): `\(setting)` is not a table"
    case .notText(let setting): "\(path): `\(setting)` is not a string"
    case .notFlag(let setting): "\(path): `\(setting)` must be true or false"
    case .notNumber(let setting, let range, let unit):
      "\(path): `\(setting)` must be between \(range.lowerBound) and \(range.upperBound) \(unit)"
    case .notEvents(let setting): "\(path): `\(setting)` must be an array of event names, such as [\"calls.ringing\"]"
    case .notEvent(let setting, let name, let reason):
      "\(path): `\(setting)`: `\(name)` is not a valid event name: it \(reason)"
    case .unknownSetting(let setting): "\(path): unknown setting `\(setting)`"
    case .keyInFile(let setting):
      "\(path): `\(setting)`: keys are not allowed in this file; use `key_file` or `key_command`"
    case .profileExists(let name): "profile `\(name)` already exists; remove it first"
    case .noProfile(let name): "no profile named `\(name)`"
    case .foreignForm(let name): "cannot change profile `\(name)` automatically: edit \(path)"
    case .broken(let message): "not changed, because the file would become invalid: \(message)"
    }
  }
}
