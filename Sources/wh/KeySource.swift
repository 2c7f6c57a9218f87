import Foundation
import WhAPI
import WhDomain
import WhSession
import WhSyntax

/// Where a key comes from; never from an argument.
enum KeySource {
  /// The key of a profile: `WH_API_KEY`, else the profile's file or command.
  ///
  /// - Parameters:
  ///   - mayUseProfile: false where the server is not the profile's own, so that its key must not go there.
  ///   - isNamedByScript: true for a profile of a statement, whose own key comes first: that of the environment was given
  ///     for the server at the start.
  static func key(
    of profile: Configuration.Profile?, named name: String, mayUseProfile: Bool, isNamedByScript: Bool
  ) throws(ConnectionProblem) -> APIKey {
    let hasOwn = profile?.keyFile != nil || profile?.keyCommand != nil
    if !(isNamedByScript && hasOwn), let text = ProcessInfo.processInfo.environment["WH_API_KEY"], !text.isEmpty {
      return try key(text, from: "WH_API_KEY")
    }
    guard let profile, mayUseProfile else {
      throw ConnectionProblem(
        .keyRefused, .noKey, "there is no key for this server",
        label: profile == nil
          ? "set `WH_API_KEY`, or add a profile: `wh profile add`"
          : "the key of profile \(name) goes to its own host only: set `WH_API_KEY`")
    }
    if let file = profile.keyFile { return try key(inFile: file) }
    if let command = profile.keyCommand { return try key(printedBy: command) }
    throw ConnectionProblem(
      .keyRefused, .noKey, "profile \(name) names no key",
      label: "set `WH_API_KEY`, or `key_file` or `key_command` in the profile")
  }

  private static func key(inFile path: String) throws(ConnectionProblem) -> APIKey {
    do {
      let text = String(decoding: try SystemFiles.read(Paths.expand(path)), as: UTF8.self)
      return try key(text, from: path)
    } catch let problem as FileProblem {
      throw ConnectionProblem(.keyRefused, .noKey, "the key file `\(path)` can't be read: \(problem.reason)")
    } catch {
      throw error as? ConnectionProblem ?? ConnectionProblem(.keyRefused, .noKey, "\(error)")
    }
  }

  private static func key(printedBy command: String) throws(ConnectionProblem) -> APIKey {
    let output = Pipe()
    var pid: pid_t = 0
    let error = Shell.start(&pid, command, output: output.fileHandleForWriting.fileDescriptor)
    try? output.fileHandleForWriting.close()
    guard error == 0 else {
      throw ConnectionProblem(.keyRefused, .noKey, "the key command did not start: \(String(cString: strerror(error)))")
    }
    let printed = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    let status = Shell.wait(for: pid)
    guard status == 0 else {
      let end = status & 0x7F == 0 ? "with status \(status >> 8 & 0xFF)" : "by signal \(status & 0x7F)"
      throw ConnectionProblem(.keyRefused, .noKey, "the key command ended \(end)")
    }
    return try key(String(decoding: printed, as: UTF8.self), from: "the key command's output")
  }

  private static func key(_ text: String, from place: String) throws(ConnectionProblem) -> APIKey {
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    do {
      return try APIKey(line.trimmingCharacters(in: .whitespaces))
    } catch {
      throw ConnectionProblem(.keyRefused, .noKey, "the key in \(place) \(error.reason)")
    }
  }
}
