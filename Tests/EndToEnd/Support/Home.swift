import Foundation
import Testing
import WhTestSupport

/// One person's folders, in which `wh` reads and writes; they are removed when the test releases them.
final class Home: Sendable {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["home", "config", "state", "data", "work"] { try makeFolder(name) }
  }

  /// All that a child process gets of an environment, unless a test adds to it.
  var environment: [String: String] {
    [
      "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no", "HOME": path("home"),
      "XDG_CONFIG_HOME": path("config"), "XDG_STATE_HOME": path("state"), "XDG_DATA_HOME": path("data"),
    ]
  }

  /// The folder that child processes run in.
  var work: String { path("work") }

  var configuration: String { path("config/wh/config.toml") }

  func path(_ name: String) -> String { folder.path(name) }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
  }

  /// Writes a file of the working folder.
  func write(_ name: String, _ text: String) throws { try write(name, bytes: Array(text.utf8)) }

  func write(_ name: String, bytes: [UInt8]) throws {
    if name.contains("/") { try makeFolder("work/" + name[..<(name.lastIndex(of: "/") ?? name.endIndex)]) }
    try Data(bytes).write(to: folder.url("work/" + name))
  }

  /// Writes the configuration file.
  func configure(_ text: String) throws {
    try makeFolder("config/wh")
    try Data(text.utf8).write(to: URL(fileURLWithPath: configuration))
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.url(name)), as: UTF8.self)
  }

  /// The permission bits of a file.
  func mode(_ name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
    return try #require(attributes[.posixPermissions] as? Int)
  }

  /// Every file below the XDG folders, by its path from here.
  var files: [String] {
    ["config", "state", "data", "home"].flatMap { top in
      (FileManager.default.subpaths(atPath: path(top)) ?? []).map { top + "/" + $0 }
    }.filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder) && !isFolder.boolValue
    }
  }

  /// The names in the working folder.
  var workFiles: [String] { (try? FileManager.default.contentsOfDirectory(atPath: work)) ?? [] }

  /// The bytes of a file.
  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.url(name))) }
}
