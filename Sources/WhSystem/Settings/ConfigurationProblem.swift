import WhDomain

/// What is wrong with the configuration file, or with a change of it.
package struct ConfigurationProblem: Error, Equatable, Sendable {
  package enum Kind: Error, Equatable, Sendable {
    case unreadable(FileProblem)
    case unwritable(FileProblem)
    case writableByAll
    case zeroByte(line: Int, column: Int)
    case syntax(line: Int, column: Int, String)
    case notTable(_ setting: String)
    case notText(_ setting: String)
    case notFlag(_ setting: String)
    case notSeconds(_ setting: String)
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

  /// True where the file is there and can't be read.
  package var isUnreadable: Bool { if case .unreadable = kind { true } else { false } }
}

// MARK: - Wording

extension ConfigurationProblem {
  /// One sentence.
  package var message: String {
    switch kind {
    case .unreadable(let problem): "\(path) can't be read: \(problem.reason)"
    case .unwritable(let problem): "\(path) can't be written: \(problem.reason)"
    case .writableByAll: "\(path) can be changed by every user of this machine: `chmod go-w` closes it"
    case .zeroByte(let line, let column): "\(path):\(line):\(column): there is a NUL byte"
    case .syntax(let line, let column, let text): "\(path):\(line):\(column): \(text)"
    case .notTable(let setting): "\(path): `\(setting)` is not a table"
    case .notText(let setting): "\(path): `\(setting)` is not a text"
    case .notFlag(let setting): "\(path): `\(setting)` is neither true nor false"
    case .notSeconds(let setting): "\(path): `\(setting)` is not a whole number of seconds from 1 to 3600"
    case .unknownSetting(let setting): "\(path): there is no setting `\(setting)`"
    case .keyInFile(let setting):
      "\(path): `\(setting)`: a key does not stand in this file; use `key_file` or `key_command`"
    case .profileExists(let name): "there is a profile `\(name)` already; remove it first"
    case .noProfile(let name): "there is no profile `\(name)`"
    case .foreignForm(let name): "profile `\(name)` is written in a form that only an editor can change: \(path)"
    case .broken(let message): "the change would break the file, and was not made: \(message)"
    }
  }
}
