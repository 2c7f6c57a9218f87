import Foundation
import WhDomain

/// The configuration file. It is changed as text, so that its comments and its order stay.
package struct ConfigurationFile: Sendable {
  package let path: String

  package init(_ path: String) {
    self.path = path
  }

  /// Reads the file; an absent one is an empty configuration.
  ///
  /// - Throws: `ConfigurationProblem` with the place in the file, where there is one.
  package func load() throws(ConfigurationProblem) -> Configuration { try configuration(try text()) }

  /// Adds a profile.
  ///
  /// - Throws: `ConfigurationProblem`, and then the file is unchanged.
  package func add(_ name: String, _ profile: Configuration.Profile) throws(ConfigurationProblem) {
    guard try load().profiles[name] == nil else { throw problem(.profileExists(name)) }
    var text = try self.text()
    if !text.isEmpty { text += text.hasSuffix("\n") ? "\n" : "\n\n" }
    text += "[profiles.\(name)]\n"
    if let baseURL = profile.baseURL { text += "base_url = \(Self.quoted(baseURL))\n" }
    if let keyFile = profile.keyFile { text += "key_file = \(Self.quoted(keyFile))\n" }
    if let keyCommand = profile.keyCommand { text += "key_command = \(Self.quoted(keyCommand))\n" }
    if profile.isProtected { text += "protected = true\n" }
    try save(text)
  }

  /// Removes a profile, with all lines up to the next table.
  ///
  /// - Throws: `ConfigurationProblem`, and then the file is unchanged.
  package func remove(_ name: String) throws(ConfigurationProblem) {
    guard try load().profiles[name] != nil else { throw problem(.noProfile(name)) }
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
    guard wasFound else { throw problem(.foreignForm(name)) }
    try save(kept.joined(separator: "\n"))
  }

  private static func isHeader(_ line: String, of name: String) -> Bool {
    let header = line.prefix { $0 != "#" }.filter { !" \t\"'".contains($0) }
    return header == "[profiles.\(name)]" || header.hasPrefix("[profiles.\(name).")
  }

  private func text() throws(ConfigurationProblem) -> String {
    guard FileInformation(path) != nil else { return "" }
    let bytes: [UInt8]
    do {
      // It names commands that are run.
      bytes = try FileReader.readTrusted(path)
    } catch {
      throw problem(.unreadable(error))
    }
    // The parser would take it for the end, and miss what follows.
    if let zero = bytes.firstIndex(of: 0) { throw problem(Self.zeroByte(at: zero, in: bytes)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func zeroByte(at index: Int, in bytes: [UInt8]) -> ConfigurationProblem.Kind {
    let lines = bytes[..<index].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return .zeroByte(line: lines.count, column: String(decoding: lines.last ?? [], as: UTF8.self).count + 1)
  }

  private func configuration(_ text: String) throws(ConfigurationProblem) -> Configuration {
    do {
      return try Configuration(toml: text)
    } catch {
      throw problem(error)
    }
  }

  private func save(_ text: String) throws(ConfigurationProblem) {
    do {
      _ = try configuration(text)
    } catch {
      throw problem(.broken(error.message))
    }
    do {
      try Folder.make(FilePath.folder(of: path))
      try FileWriter.write(path, text)
    } catch {
      throw problem(.unwritable(error))
    }
  }

  private func problem(_ kind: ConfigurationProblem.Kind) -> ConfigurationProblem {
    ConfigurationProblem(kind: kind, path: path)
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
