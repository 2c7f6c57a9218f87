import Foundation
import Testing
import WhAPI
import WhDomain
import WhTestSupport

@testable import WhSystem

@Suite("What the doctor finds of the configuration, the profile and the key")
struct ConfigurationFindingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func examined(_ text: String?, mode: Int = 0o600) throws -> (finding: Finding, configuration: Configuration?)
  {
    let path = folder.path("config.toml")
    if let text {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
    return ConfigurationFile(path).examined()
  }

  @Test(
    "The file: what is wrong with it, and what to do",
    arguments: [
      (nil, 0o600, .ok, "all settings have their defaults", nil),
      ("", 0o600, .ok, "config.toml, 0 profiles", nil),
      ("[profiles.a]\n[profiles.b]\n", 0o600, .ok, "2 profiles", nil),
      ("[profiles.a]\n", 0o644, .warning, "1 profile, accessible to other users", "chmod 600"),
      ("[profiles.a]\n", 0o660, .warning, "accessible to other users", "chmod 600"),
      ("[profiles.a]\n", 0o666, .problem, "writable by other users", "only you"),
      ("[profiles.a\n", 0o600, .problem, "config.toml:1:", "fix the file"),
      ("[profiles.a]\nkey = \"sk_admin_canary\"\n", 0o600, .problem, "keys are not allowed", "fix the file"),
      ("colour = 1\n", 0o644, .problem, "unknown setting `colour`", "fix the file"),
    ] as [(String?, Int, Finding.State, String, String?)])
  func file(text: String?, mode: Int, state: Finding.State, detail: String, advice: String?) throws {
    let (finding, configuration) = try examined(text, mode: mode)
    #expect(finding.subject == .configuration && finding.state == state, "\(finding)")
    #expect(finding.detail.contains(detail), "\(finding)")
    #expect(!"\(finding)".contains("canary"))
    #expect((finding.advice == nil) == (advice == nil), "\(finding)")
    if let advice { #expect(finding.advice?.contains(advice) == true, "\(finding)") }
    #expect((configuration == nil) == (state == .problem))
  }

  @Test("A folder in its place is a problem too")
  func folderInItsPlace() throws {
    try FileManager.default.createDirectory(atPath: folder.path("config.toml"), withIntermediateDirectories: false)
    let (finding, configuration) = try examined(nil)
    #expect(finding.state == .problem && configuration == nil, "\(finding)")
  }

  @Test(
    "A profile or a server that is not known",
    arguments: [
      (
        ServerProblem.unknownProfile("prdo", known: ["prod", "sandbox"]), Finding.Subject.profile, "`prdo`",
        "prod, sandbox"
      ),
      (.invalidURL("ftp://user:canary@x", "must begin with https://"), .server, "must begin with", "WH_BASE_URL"),
    ] as [(ServerProblem, Finding.Subject, String, String)])
  func unknown(problem: ServerProblem, subject: Finding.Subject, detail: String, advice: String) {
    let finding = Finding.problem(problem)
    #expect(finding.subject == subject && finding.state == .problem, "\(finding)")
    #expect(finding.detail.contains(detail) && finding.advice?.contains(advice) == true, "\(finding)")
    #expect(!"\(finding)".contains("canary"))
  }

  private static func chosen(_ url: String) throws -> ChosenServer {
    try ServerChoice(Configuration(), Environment(["WH_BASE_URL": url])).server()
  }

  @Test("A server url that ends in `/v1` is most likely a mistake")
  func server() throws {
    let fine = Finding.server(try Self.chosen("https://api.example.com"))
    #expect(fine == .ok(.server, "https://api.example.com (WH_BASE_URL)"))
    let doubled = Finding.server(try Self.chosen("https://api.example.com/v1"))
    #expect(doubled.state == .warning && doubled.advice?.contains("remove it") == true, "\(doubled)")
    let sandbox = Finding.server(try ServerChoice(Configuration(), Environment([:]), isSandbox: true).server())
    #expect(sandbox == .ok(.server, "the embedded sandbox"))
  }

  @Test("A key: its kind and place, why it is this one, and what is wrong with its place")
  func key() {
    let variable = ProfileSettings.Setting(name: "key", value: Secret.mask, source: .variable("WH_API_KEY"))
    #expect(Finding.key(.admin, variable, warnings: [], notes: []) == .ok(.key, "admin key, WH_API_KEY"))
    let file = ProfileSettings.Setting(name: "key", value: "key file ~/k", source: .profile("prod"))
    #expect(
      Finding.key(.app, file, warnings: [], notes: ["instead of WH_API_KEY"])
        == .ok(.key, "app key, key file ~/k (profile prod); instead of WH_API_KEY"))
    #expect(
      Finding.key(.app, file, warnings: ["run `chmod 600` on it", "and more"], notes: [])
        == .warning(.key, "app key, key file ~/k (profile prod)", advice: "run `chmod 600` on it; and more"))
    #expect(Finding.key(.admin, nil, warnings: [], notes: []) == .ok(.key, "admin key"))
  }
}
