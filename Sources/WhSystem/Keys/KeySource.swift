import WhAPI
import WhDomain

/// A key, and what is to be said and hidden with it.
package struct KeyReading: Equatable, Sendable {
  package let key: APIKey
  /// What is wrong with the place where it stands.
  package let warning: String?
}

/// Reads keys from where they are; never from an argument.
package struct KeySource: Sendable {
  private let environment: Environment
  private let commands: KeyCommands
  private let hide: @Sendable (String) -> Void

  /// - Parameter hide: takes what must never be shown.
  package init(_ environment: Environment, _ commands: KeyCommands, hide: @escaping @Sendable (String) -> Void) {
    self.environment = environment
    self.commands = commands
    self.hide = hide
  }

  /// The key in `WH_API_KEY`; nil where there is none.
  ///
  /// - Throws: `KeyProblem`.
  package func keyOfEnvironment() throws(KeyProblem) -> KeyReading? {
    guard let text = environment["WH_API_KEY"] else { return nil }
    return KeyReading(key: try key(Array(text.utf8), .environment), warning: nil)
  }

  /// The key of a profile's own; nil where it has none.
  ///
  /// - Throws: `KeyProblem`.
  package func key(of profile: Configuration.Profile) async throws(KeyProblem) -> KeyReading? {
    if let file = profile.keyFile { return try read(file) }
    guard let command = profile.keyCommand else { return nil }
    let printed = try await commands.output(of: command, within: profile.keyTimeout)
    return KeyReading(key: try key(printed, .commandOutput), warning: nil)
  }

  private func read(_ path: String) throws(KeyProblem) -> KeyReading {
    let file = Paths(environment).expand(path)
    let bytes: [UInt8]
    do {
      bytes = try FileReader.read(file)
    } catch {
      throw .unreadable(file: path, error)
    }
    let isOpenToOthers = FileInformation(file)?.isOpenToOthers ?? false
    return KeyReading(
      key: try key(bytes, .file(path)),
      warning: isOpenToOthers ? "the key file `\(path)` is accessible to other users: run `chmod 600` on it" : nil)
  }

  private func key(_ bytes: [UInt8], _ place: KeyProblem.Place) throws(KeyProblem) -> APIKey {
    let text = KeyText(bytes)
    text.secrets.forEach(hide)
    return try text.key(place)
  }
}
