/// The variables that the process was started with. One that is set and empty counts as unset.
package struct Environment: Sendable {
  /// The user's home folder.
  package let home: String
  private let variables: [String: String]
  /// `NAME=VALUE` in bytes, as a child process gets them: all but the key, and the url of the journal with its password.
  let entriesForChildren: [[UInt8]]

  /// - Parameters:
  ///   - entries: `NAME=VALUE` in bytes, as the system hands them over.
  ///   - account: the home folder of the user's account, for where `HOME` is not set.
  package init(entries: [[UInt8]], account: @autoclosure () -> String) {
    entriesForChildren = entries.filter { entry in
      !["WH_API_KEY=", "WH_JOURNAL="].contains { entry.starts(with: $0.utf8) }
    }
    variables = Dictionary(
      entries.compactMap { entry in
        guard let equals = entry.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        return (
          String(decoding: entry[..<equals], as: UTF8.self), String(decoding: entry[(equals + 1)...], as: UTF8.self)
        )
      }, uniquingKeysWith: { first, _ in first })
    home = variables["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? account()
  }

  /// The same, of texts.
  package init(_ variables: [String: String], account: String = "/") {
    self.init(entries: variables.map { Array("\($0.key)=\($0.value)".utf8) }, account: account)
  }

  package subscript(name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// True for a variable that is set, also to nothing.
  package func isSet(_ name: String) -> Bool { variables[name] != nil }
}
