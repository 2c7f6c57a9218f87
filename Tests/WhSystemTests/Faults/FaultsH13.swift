import Foundation
import Testing
import WhDomain
import WhTestSupport

@testable import WhSystem

@Suite("H13: a configuration that is not to be trusted is refused with its place")
struct FaultsH13 {
  private let folder: TemporaryFolder
  private let file: ConfigurationFile

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path("wh"), withIntermediateDirectories: true)
    file = ConfigurationFile(folder.path("wh/config.toml"))
  }

  private func write(_ bytes: [UInt8]) throws {
    try Data(bytes).write(to: folder.url("wh/config.toml"))
    try #require(chmod(file.path, 0o600) == 0)
  }

  private func refusal() -> String? {
    let problem = #expect(throws: ConfigurationProblem.self) { try file.load() }
    return problem?.message
  }

  @Test(
    "H13: a NUL hides nothing after it",
    arguments: [
      ("\0", "1:1"), ("default = \"a\"\n\0\n[profiles.a]\nprotected = true\n", "2:1"),
      ("default = \"a\0\"\n", "1:13"), ("[profiles.a]\r\n# \0\r\nprotected = true", "2:3"),
      ("default = \"a\"\n\n\0\0", "3:1"), ("# é\0", "1:4"),
    ])
  func zero(text: String, place: String) throws {
    try write(Array(text.utf8))
    #expect(refusal() == "\(file.path):\(place): NUL byte")
  }

  @Test("H13: a file that every user can write", arguments: [0o666, 0o602, 0o622 | 0o002, 0o777] as [mode_t])
  func writable(mode: mode_t) throws {
    try write([])
    try #require(chmod(file.path, mode) == 0)
    #expect(
      refusal() == "\(file.path) can't be read: \(file.path) is writable by other users: run `chmod go-w` on it")
  }

  @Test("H13: a folder in which every user can replace it", arguments: [0o777, 0o703, 0o707] as [mode_t])
  func replaceable(mode: mode_t) throws {
    try write([])
    try #require(chmod(folder.path("wh"), mode) == 0)
    #expect(refusal()?.hasSuffix("\(folder.path("wh")) is writable by other users: run `chmod go-w` on it") == true)
    // As `/tmp` is: others can't replace what is not theirs.
    try #require(chmod(folder.path("wh"), mode | S_ISVTX) == 0)
    #expect(throws: Never.self) { try file.load() }
  }

  @Test("H13: others may read it, and the group may write it", arguments: [0o600, 0o644, 0o664, 0o660] as [mode_t])
  func fine(mode: mode_t) throws {
    try write(Array("default = \"a\"".utf8))
    try #require(chmod(file.path, mode) == 0)
    #expect(try file.load().defaultProfile == "a")
  }

  @Test("H13: so is any file that says what is run")
  func trusted() throws {
    try write(Array("echo a".utf8))
    #expect(try FileReader.readTrusted(file.path) == Array("echo a".utf8))
    try #require(chmod(file.path, 0o646) == 0)
    #expect(throws: FileProblem.self) { try FileReader.readTrusted(file.path) }
    #expect(throws: FileProblem.self) { try FileReader.readTrusted(folder.path("wh/none")) }
  }
}
