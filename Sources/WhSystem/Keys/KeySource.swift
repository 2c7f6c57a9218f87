import Foundation
import WhAPI
import WhDomain

/// Where a key comes from; never from an argument.
package struct KeySource: Sendable {
  private let environment: Environment
  private let shell: Shell

  package init(_ environment: Environment) {
    self.environment = environment
    shell = Shell(environment)
  }

  /// The key of a profile: `WH_API_KEY`, else the profile's file or command.
  ///
  /// - Parameters:
  ///   - mayUseProfile: false where the server is not the profile's own, so that its key must not go there.
  ///   - isNamedByScript: true for a profile of a statement, whose own key comes first: that of the environment was given
  ///     for the server at the start.
  /// - Throws: `KeyProblem`.
  package func key(
    of profile: Configuration.Profile?, named name: String, mayUseProfile: Bool, isNamedByScript: Bool
  ) throws(KeyProblem) -> APIKey {
    let hasOwn = profile?.keyFile != nil || profile?.keyCommand != nil
    if !(isNamedByScript && hasOwn), let text = environment["WH_API_KEY"] {
      return try key(text, from: "WH_API_KEY")
    }
    guard let profile, mayUseProfile else {
      throw KeyProblem(
        "there is no key for this server",
        label: profile == nil
          ? "set `WH_API_KEY`, or add a profile: `wh profile add`"
          : "the key of profile \(name) goes to its own host only: set `WH_API_KEY`")
    }
    if let file = profile.keyFile { return try key(inFile: file) }
    if let command = profile.keyCommand { return try key(printedBy: command) }
    throw KeyProblem(
      "profile \(name) names no key", label: "set `WH_API_KEY`, or `key_file` or `key_command` in the profile")
  }

  private func key(inFile path: String) throws(KeyProblem) -> APIKey {
    let bytes: [UInt8]
    do {
      bytes = try FileReader.read(Paths(environment).expand(path))
    } catch {
      throw KeyProblem("the key file `\(path)` can't be read: \(error.reason)")
    }
    return try key(String(decoding: bytes, as: UTF8.self), from: path)
  }

  private func key(printedBy command: String) throws(KeyProblem) -> APIKey {
    let output = Pipe()
    var pid: pid_t = 0
    let error = shell.start(&pid, command, output: output.fileHandleForWriting.fileDescriptor)
    try? output.fileHandleForWriting.close()
    guard error == 0 else {
      throw KeyProblem("the key command did not start: \(String(cString: strerror(error)))")
    }
    let printed = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    let status = Shell.wait(for: pid)
    guard status == 0 else {
      let end = status & 0x7F == 0 ? "with status \(status >> 8 & 0xFF)" : "by signal \(status & 0x7F)"
      throw KeyProblem("the key command ended \(end)")
    }
    return try key(String(decoding: printed, as: UTF8.self), from: "the key command's output")
  }

  private func key(_ text: String, from place: String) throws(KeyProblem) -> APIKey {
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    do {
      return try APIKey(line.trimmingCharacters(in: .whitespaces))
    } catch {
      throw KeyProblem("the key in \(place) \(error.reason)")
    }
  }
}

/// Why there is no key for a server.
package struct KeyProblem: Error, Equatable, Sendable {
  package let message: String
  /// What to do about it.
  package let label: String?

  init(_ message: String, label: String? = nil) {
    self.message = message
    self.label = label
  }
}
