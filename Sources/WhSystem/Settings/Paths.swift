/// Where files are kept: the folders of the XDG Base Directory Specification.
package struct Paths: Sendable {
  private let environment: Environment

  package init(_ environment: Environment) {
    self.environment = environment
  }

  package var configuration: String { folder("XDG_CONFIG_HOME", ".config") + "/wh/config.toml" }
  package var history: String { folder("XDG_STATE_HOME", ".local/state") + "/wh/history" }
  /// The names that completion knows of a profile.
  package func names(ofProfile profile: String) -> String {
    folder("XDG_STATE_HOME", ".local/state") + "/wh/names/" + FileName.encoded(profile)
  }
  package var initScript: String { folder("XDG_CONFIG_HOME", ".config") + "/wh/init.wh" }
  package var journal: String { folder("XDG_STATE_HOME", ".local/state") + "/wh/journal.sqlite" }
  package var sandbox: String { folder("XDG_DATA_HOME", ".local/share") + "/wh/sandbox.sqlite" }

  /// The path with a leading `~` replaced by the home folder.
  package func expand(_ path: String) -> String {
    path == "~" || path.hasPrefix("~/") ? environment.home + path.dropFirst() : path
  }

  /// The specification says that a relative path in such a variable is to be ignored.
  private func folder(_ variable: String, _ standard: String) -> String {
    if let path = environment[variable], path.hasPrefix("/") { return path }
    return environment.home + "/" + standard
  }
}

/// Names of the user's as names of files.
enum FileName {
  /// A name of letters, digits, `-` and `_`, and the rest by number, so that different names stay so.
  static func encoded(_ name: String) -> String {
    if name.isEmpty { return "%" }
    return name.utf8.reduce(into: "") { result, byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains(scalar))
      result += isPlain ? String(Character(scalar)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
  }
}
