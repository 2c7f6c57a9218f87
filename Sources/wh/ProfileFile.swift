import ArgumentParser
import Foundation
import WhSession
import WhShell
import WhSyntax

/// Changes the configuration file as text, so that its comments and its order stay.
struct ProfileFile {
  func load() throws -> Configuration {
    do {
      return try Configuration.load()
    } catch {
      throw ExitStatus.fail(error.message, error.isUnreadable ? ExitStatus.unreadableFile : ExitStatus.somethingFailed)
    }
  }

  func add(_ name: String, _ profile: Configuration.Profile) throws {
    guard try load().profiles[name] == nil else {
      throw ExitStatus.fail("there is a profile `\(name)` already; remove it first")
    }
    var text = try self.text()
    if !text.isEmpty { text += text.hasSuffix("\n") ? "\n" : "\n\n" }
    text += "[profiles.\(name)]\n"
    if let baseURL = profile.baseURL { text += "base_url = \(Self.quoted(baseURL))\n" }
    if let keyFile = profile.keyFile { text += "key_file = \(Self.quoted(keyFile))\n" }
    if let keyCommand = profile.keyCommand { text += "key_command = \(Self.quoted(keyCommand))\n" }
    if profile.isProtected { text += "protected = true\n" }
    try save(text)
  }

  func remove(_ name: String) throws {
    guard try load().profiles[name] != nil else { throw ExitStatus.fail("there is no profile `\(name)`") }
    var kept: [Substring] = []
    var isInside = false
    var wasFound = false
    for line in try text().split(separator: "\n", omittingEmptySubsequences: false) {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.hasPrefix("[") {
        isInside = Self.isHeader(trimmed, of: name)
        wasFound = wasFound || isInside
      }
      if !isInside { kept.append(line) }
    }
    guard wasFound else {
      throw ExitStatus.fail(
        "profile `\(name)` is written in a form that only an editor can change: \(Paths.configuration)")
    }
    try save(kept.joined(separator: "\n"))
  }

  private static func isHeader(_ line: String, of name: String) -> Bool {
    let header = line.prefix { $0 != "#" }.filter { !" \t\"'".contains($0) }
    return header == "[profiles.\(name)]" || header.hasPrefix("[profiles.\(name).")
  }

  private func text() throws -> String {
    guard access(Paths.configuration, F_OK) == 0 else { return "" }
    do {
      return String(decoding: try SystemFiles.read(Paths.configuration), as: UTF8.self)
    } catch {
      throw ExitStatus.fail("\(Paths.configuration) can't be read: \(error.reason)", ExitStatus.unreadableFile)
    }
  }

  private func save(_ text: String) throws {
    do {
      _ = try Configuration(toml: text)
      try SystemFiles.makeFolder(Binder.folder(of: Paths.configuration))
      try SystemFiles.write(Paths.configuration, text)
    } catch let problem as FileProblem {
      throw ExitStatus.fail("\(Paths.configuration) can't be written: \(problem.reason)")
    } catch let problem as ConfigurationProblem {
      throw ExitStatus.fail("the change would break the file, and was not made: \(problem.message)")
    }
  }

  /// A TOML basic string (TOML 1.0, "String").
  private static func quoted(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "\"") { result, scalar in
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case let scalar where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    } + "\""
  }
}
