import Foundation
import Testing
import WhTestSupport

@testable import WhSystem

@Suite("The configuration file")
struct ConfigurationTests {
  private let folder: TemporaryFolder
  private let file: ConfigurationFile

  init() throws {
    folder = try TemporaryFolder()
    file = ConfigurationFile(folder.path("deep/wh/config.toml"))
  }

  private func write(_ text: String, mode: Int = 0o600) throws {
    let path = folder.path("deep/wh")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file.path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
  }

  private var text: String { (try? String(contentsOfFile: file.path, encoding: .utf8)) ?? "" }

  @Test func absentIsEmpty() throws {
    let configuration = try file.load()
    #expect(configuration.profiles.isEmpty && configuration.defaultProfile == nil)
  }

  @Test func everySetting() throws {
    try write(
      """
      default = "prod"
      [profiles.prod]
      base_url = "https://api.example.com"
      key_command = "pass show wh"
      key_timeout = 90
      protected = true
      [profiles.other]
      key_file = "~/key"
      """)
    let configuration = try file.load()
    #expect(configuration.defaultProfile == "prod")
    var prod = Configuration.Profile(
      baseURL: "https://api.example.com", keyCommand: "pass show wh", isProtected: true)
    prod.keyTimeout = 90
    #expect(configuration.profiles == ["prod": prod, "other": Configuration.Profile(keyFile: "~/key")])
    #expect(configuration.profiles["other"]?.keyTimeout == 30)
  }

  @Test(
    "Errors are reported with their place",
    arguments: [
      ("default = 1", .notText("default")), ("colour = \"x\"", .unknownSetting("colour")),
      ("profiles = 1", .notTable("profiles")), ("[profiles]\na = 1", .notTable("profiles.a")),
      ("[profiles.a]\nkey = \"sk_admin_x\"", .keyInFile("profiles.a.key")),
      ("[profiles.a]\napi_key = \"sk_admin_x\"", .keyInFile("profiles.a.api_key")),
      ("[profiles.a]\nbase_rul = \"x\"", .unknownSetting("profiles.a.base_rul")),
      ("[profiles.a]\nprotected = \"yes\"", .notFlag("profiles.a.protected")),
      ("[profiles.a]\nkey_timeout = 0", .notNumber("profiles.a.key_timeout", 1...3600, "seconds")),
      ("[profiles.a]\nkey_timeout = \"5s\"", .notNumber("profiles.a.key_timeout", 1...3600, "seconds")),
      ("[profiles.a]\nkey_timeout = 3601", .notNumber("profiles.a.key_timeout", 1...3600, "seconds")),
      ("[profiles.a]\nkey_file = 1", .notText("profiles.a.key_file")),
      ("[profiles.a]\n\u{0}protected = true", .zeroByte(line: 2, column: 1)),
      ("\u{0}", .zeroByte(line: 1, column: 1)), ("a\nbä\u{0}", .zeroByte(line: 2, column: 3)),
    ] as [(String, ConfigurationProblem.Kind)])
  func wrong(text: String, kind: ConfigurationProblem.Kind) throws {
    try write(text)
    let problem = #expect(throws: ConfigurationProblem.self) { try file.load() }
    #expect(problem?.kind == kind)
    #expect(problem?.message.contains(file.path) == true)
    #expect(problem?.message.contains("sk_admin_x") == false)
  }

  @Test func noTOML() throws {
    try write("default = \"a\"\nnonsense")
    let problem = #expect(throws: ConfigurationProblem.self) { try file.load() }
    #expect(problem?.message.hasPrefix("\(file.path):2:") == true, "\(problem?.message ?? "")")
  }

  @Test("A pipe is refused at once")
  func pipe() throws {
    try write("")
    try FileManager.default.removeItem(atPath: file.path)
    try #require(mkfifo(file.path, 0o600) == 0)
    let problem = #expect(throws: ConfigurationProblem.self) { try file.load() }
    #expect(problem?.kind == .unreadable(.notRegular) && problem?.isUnreadable == true)
  }

  @Test("Adding and removing keep the rest of the file")
  func addAndRemove() throws {
    try file.add("first", Configuration.Profile(baseURL: "https://a.example.com", keyFile: "~/key file"))
    #expect(text == "[profiles.first]\nbase_url = \"https://a.example.com\"\nkey_file = \"~/key file\"\n")
    try write("# mine\ndefault = \"first\" # the usual one\n\n" + text)
    let before = text
    try file.add("second", Configuration.Profile(keyCommand: "echo \"a\\b\"\u{7}", isProtected: true))
    #expect(try file.load().profiles["second"]?.keyCommand == "echo \"a\\b\"\u{7}")
    #expect(text.hasPrefix(before))
    try file.remove("second")
    #expect(text.trimmingCharacters(in: .newlines) == before.trimmingCharacters(in: .newlines))
    #expect(FileInformation(file.path)?.permissions == 0o600)
  }

  @Test("What can't be changed is left unchanged")
  func refusedChanges() throws {
    let before = "profiles = { a = { protected = true } }\n"
    try write(before)
    let changes: [(ConfigurationProblem.Kind, () throws -> Void)] = [
      (.profileExists("a"), { try file.add("a", Configuration.Profile()) }),
      (.noProfile("b"), { try file.remove("b") }), (.foreignForm("a"), { try file.remove("a") }),
    ]
    for (kind, change) in changes {
      let problem = #expect(throws: ConfigurationProblem.self) { try change() }
      #expect(problem?.kind == kind)
      #expect(text == before)
    }
    #expect(throws: ConfigurationProblem.self) { try file.add("b", Configuration.Profile(isProtected: true)) }
    #expect(text == before, "an inline table can't be added to")
  }
}
