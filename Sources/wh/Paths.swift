import Foundation
import WhSession

/// Where things are kept: the folders of the XDG Base Directory Specification.
enum Paths {
  static var configuration: String { folder("XDG_CONFIG_HOME", ".config") + "/wh/config.toml" }
  static var history: String { folder("XDG_STATE_HOME", ".local/state") + "/wh/history" }
  /// The names that completion knows of a profile.
  static func names(ofProfile profile: String) -> String {
    folder("XDG_STATE_HOME", ".local/state") + "/wh/names/" + FileName.encoded(profile)
  }
  static var initScript: String { folder("XDG_CONFIG_HOME", ".config") + "/wh/init.wh" }
  static var journal: String { folder("XDG_STATE_HOME", ".local/state") + "/wh/journal.sqlite" }
  static var sandbox: String { folder("XDG_DATA_HOME", ".local/share") + "/wh/sandbox.sqlite" }

  /// The path with the home folder in the place of a leading `~`.
  static func expand(_ path: String) -> String {
    path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
  }

  /// The specification says that a relative path in such a variable is to be ignored.
  private static func folder(_ variable: String, _ standard: String) -> String {
    if let path = environment[variable], path.hasPrefix("/") { return path }
    return home + "/" + standard
  }

  private static var home: String { environment["HOME"] ?? NSHomeDirectory() }

  private static var environment: [String: String] { ProcessInfo.processInfo.environment }
}

/// Names of the user's as names of files.
enum FileName {
  /// A name of letters, digits, `-` and `_`, and the rest by number, so that different names stay so.
  static func encoded(_ name: String) -> String {
    name.utf8.reduce(into: "") { result, byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains(scalar))
      result += isPlain ? String(Character(scalar)) : "%" + String(byte, radix: 16)
    }
  }
}
