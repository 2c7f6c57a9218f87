import Foundation
import Testing
import WhTestSupport

@Suite("Profiles")
struct ProfileTests {
  private static let ownKey = "sk_admin_of_the_profile_itself"
  private static let otherKey = "sk_admin_of_the_environment"

  /// A home with a profile `prod` of a server, whose key stands in a file.
  private static func home(_ server: FakeService, _ more: String = "") throws -> Home {
    let home = try Home()
    try home.write("key", ownKey + "\n")
    try home.configure(
      """
      [profiles.prod]
      base_url = "\(server.url)"
      key_file = "\(home.path("work/key"))"
      \(more)
      """)
    return home
  }

  @Test("Adding and removing keep the rest of the file, including comments, private to its owner")
  func configuration() async throws {
    let home = try Home()
    let first = try await home.wh(
      "profile", "add", "prod", "--base-url", "https://api.example.com", "--key-file", "~/key file")
    #expect(first.exit == 0 && first.error.isEmpty, "\(first.testDescription)")
    #expect(try home.mode("config/wh/config.toml") == 0o600)
    #expect(try home.mode("config/wh") == 0o700)
    #expect(
      try home.text("config/wh/config.toml")
        == "[profiles.prod]\nbase_url = \"https://api.example.com\"\nkey_file = \"~/key file\"\n")

    try home.configure("# mine\ndefault = \"prod\" # the usual one\n\n" + (try home.text("config/wh/config.toml")))
    let second = try await home.wh(
      "profile", "add", "staging", "--key-command", #"echo "a\b""#, "--protected")
    #expect(second.exit == 0, "\(second.testDescription)")
    let both = try home.text("config/wh/config.toml")
    #expect(both.hasPrefix("# mine\ndefault = \"prod\" # the usual one\n\n[profiles.prod]\n"))

    let list = try await home.wh("profile", "list")
    #expect(
      list.output == """
        prod (default): https://api.example.com, key file ~/key file
        staging (protected): https://api.buildwithchirp.com, key command echo "a\\b"
        sandbox: the embedded sandbox

        """, "\(list.testDescription)")

    #expect(try await home.wh("profile", "remove", "staging").exit == 0)
    let rest = try home.text("config/wh/config.toml")
    #expect(both.hasPrefix(rest.trimmingCharacters(in: .newlines)))
    #expect(rest.contains("# the usual one") && !rest.contains("staging"))
    #expect(try home.mode("config/wh/config.toml") == 0o600)
  }

  @Test(
    "Failures to add or remove are reported, and the file is unchanged",
    arguments: [
      (["add", "prod"], 1), (["add", "sandbox"], 64), (["add", "a b"], 64), (["add", ""], 64),
      (["add", "a", "--base-url", "http://api.example.com"], 64), (["add", "a", "--base-url", "nonsense"], 64),
      (["add", "a", "--key-file", "b", "--key-command", "c"], 64), (["remove", "none"], 1), (["add"], 64),
    ] as [([String], Int32)])
  func refused(arguments: [String], code: Int32) async throws {
    let server = try OneWebhook().serve()
    let home = try Self.home(server)
    let before = try home.text("config/wh/config.toml")
    let run = try await home.wh(["profile"] + arguments)
    #expect(run.exit == code, "\(run.testDescription)")
    #expect(run.output.isEmpty && !run.error.isEmpty, "\(run.testDescription)")
    #expect(try home.text("config/wh/config.toml") == before)
  }

  @Test("A profile is selected by option, environment or default, in this order")
  func choice() async throws {
    let (option, environment, standard) = (try OneWebhook().serve(), try OneWebhook().serve(), try OneWebhook().serve())
    let home = try Home()
    let profiles = [("option", option), ("environment", environment), ("standard", standard)]
    try home.configure(
      "default = \"standard\"\n"
        + profiles.map { "[profiles.\($0.0)]\nbase_url = \"\($0.1.url)\"\nkey_command = \"echo \(Self.ownKey)\"\n" }
        .joined())
    for (arguments, variables) in [
      ([], [:]), ([], ["WH_PROFILE": "environment"]), (["--profile", "option"], ["WH_PROFILE": "environment"]),
    ] as [([String], [String: String])] {
      let run = try await home.wh(arguments + ["-c", "show apps"], environment: variables)
      #expect(run.exit == 0, "\(run.testDescription)")
    }
    for (name, server) in profiles { #expect(server.requests.count == 1, "\(name)") }
  }

  @Test(
    "Keys come from the first line of a file, or from the output of a command",
    arguments: [
      "key_file = \"~/key\"", "key_command = \"head -1 ~/key\"", "key_command = \"cat ~/key; echo more\"",
    ])
  func keys(setting: String) async throws {
    let server = try OneWebhook().serve()
    let home = try Home()
    try Data("  \(Self.ownKey)  \r\nsecond line\n".utf8).write(to: URL(fileURLWithPath: home.path("home/key")))
    try home.configure("[profiles.prod]\nbase_url = \"\(server.url)\"\n\(setting)\n")
    let run = try await home.wh("profile", "test", "--profile", "prod")
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(run.output.contains("my-app"), "\(run.testDescription)")
    #expect(server.requests.map { $0["Authorization"] } == ["Bearer \(Self.ownKey)"])
  }

  @Test(
    "Without a key nothing is sent",
    arguments: [
      "key_file = \"/nowhere\"", "key_command = \"exit 3\"", "key_command = \"true\"", "",
    ])
  func noKey(setting: String) async throws {
    let server = try OneWebhook().serve()
    let home = try Home()
    try home.configure("[profiles.prod]\nbase_url = \"\(server.url)\"\n\(setting)\n")
    let run = try await home.wh("profile", "test", "--profile", "prod")
    #expect(run.exit == 77, "\(run.testDescription)")
    #expect(run.output.isEmpty && run.error.contains("error[no-key]"), "\(run.testDescription)")
    #expect(server.connectionCount == 0)
  }

  @Test("A profile's key never goes to another host", arguments: [["--base-url"], []])
  func otherHost(option: [String]) async throws {
    let (own, other) = (try OneWebhook().serve(), try OneWebhook().serve())
    let home = try Self.home(own)
    // A profile on the command line would go to its own server.
    let arguments = option.flatMap { ["--profile", "prod", $0, other.url] } + ["-c", "show apps"]
    let variables = option.isEmpty ? ["WH_BASE_URL": other.url, "WH_PROFILE": "prod"] : [:]
    let run = try await home.wh(arguments, environment: variables)
    #expect(run.exit == 77, "\(run.testDescription)")
    #expect(run.error.contains("is only for"), "\(run.testDescription)")
    #expect(own.connectionCount == 0 && other.connectionCount == 0)

    let given = try await home.wh(arguments, environment: variables.merging(["WH_API_KEY": Self.otherKey]) { $1 })
    #expect(given.exit == 0, "\(given.testDescription)")
    #expect(own.connectionCount == 0)
    #expect(other.requests.map { $0["Authorization"] } == ["Bearer \(Self.otherKey)"])
  }

  @Test("`use profile` changes server and key, and clears the selection")
  func useProfile() async throws {
    let (first, second) = (try OneWebhook().serve(), try OneWebhook(url: "https://second.example.com/").serve())
    let home = try Self.home(
      first, "[profiles.second]\nbase_url = \"\(second.url)\"\nkey_command = \"echo \(Self.otherKey)\"\n")
    let select = "use app \(OneWebhook.app); webhook \(OneWebhook.webhook)"
    let run = try await home.wh(
      "--profile", "prod", "-c", "\(select); show; use profile second; \(select); show")
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(
      run.output.contains("https://old.example.com/webhook") && run.output.contains("https://second.example.com/"))
    #expect(first.requests.map { $0["Authorization"] } == ["Bearer \(Self.ownKey)"])
    #expect(second.requests.map { $0["Authorization"] } == ["Bearer \(Self.otherKey)"])

    let dropped = try await home.wh("--profile", "prod", "-c", "\(select); use profile second; show")
    #expect(dropped.exit == 1 && dropped.error.contains("no apps selected"), "\(dropped.testDescription)")

    let staged = try await home.wh(
      "--profile", "prod", "-c", "\(select) set url https://example.com/; use profile second; commit")
    #expect(staged.exit == 1 && staged.error.contains("error[staged-edits]"), "\(staged.testDescription)")
    #expect(first.requests.allSatisfy { $0.method == "GET" } && second.requests.count == 1)
  }

  @Test("With `use profile`, the server of the command line is only for the first profile")
  func useProfileAfterBaseURL() async throws {
    let (named, own) = (try OneWebhook().serve(), try OneWebhook().serve())
    let home = try Self.home(own)
    let run = try await home.wh(
      "--base-url", named.url, "-c", "show apps; use profile prod; show apps",
      environment: ["WH_API_KEY": Self.otherKey])
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(named.requests.count == 1 && own.requests.count == 1)
    #expect(
      own.requests.map { $0["Authorization"] } == ["Bearer \(Self.ownKey)"], "the environment's key was for the other")
  }

  @Test(
    "Configuration errors are reported with their place",
    arguments: [
      ("nonsense", "config.toml:1:"), ("[profiles.a]\nkey = \"sk_admin_x\"", "keys are not allowed in this file"),
      ("[profiles.a]\nbase_rul = \"x\"", "base_rul"), ("default = 1", "default"), ("colour = \"x\"", "colour"),
    ])
  func wrongConfiguration(text: String, part: String) async throws {
    let home = try Home()
    try home.configure(text)
    for arguments in [["-c", "show apps"], ["profile", "list"], ["profile", "add", "b"]] {
      let run = try await home.wh(arguments, environment: ["WH_API_KEY": Self.otherKey])
      #expect(run.exit == 1, "\(run.testDescription)")
      #expect(run.error.contains(part), "\(run.testDescription)")
      #expect(!run.error.contains("sk_admin_x"))
    }
    #expect(try home.text("config/wh/config.toml") == text)
  }

  @Test("An unknown profile is reported with the known ones")
  func unknownProfile() async throws {
    let server = try OneWebhook().serve()
    let run = try await Self.home(server).wh("--profile", "prdo", "-c", "show apps")
    #expect(run.exit == 64, "\(run.testDescription)")
    #expect(run.error.contains("no profile named `prdo`") && run.error.contains("prod"), "\(run.testDescription)")
    #expect(server.connectionCount == 0)
  }
}
