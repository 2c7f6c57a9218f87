import Testing
import WhAPI
import WhDomain
import WhJournal

@testable import WhSystem

@Suite("What a profile resolves to")
struct ProfileSettingsTests {
  private static let text = """
    default = "prod"
    events = ["calls.ringing"]
    [profiles.prod]
    base_url = "https://prod.example.com"
    key_command = "pass show wh"
    connect_timeout = 10
    response_limit = 16
    protected = true
    events = ["calls.ended"]
    journal = "postgresql://wh:canary@db.example.com/ops?schema=a"
    [profiles.plain]
    """

  private static func settings(
    profile: String? = nil, baseURL: String? = nil, isSandbox: Bool = false, journal: String? = nil,
    _ variables: [String: String] = [:], text: String = text
  ) throws -> ProfileSettings {
    let (configuration, environment) = (try Configuration(toml: text), Environment(variables))
    let choice = ServerChoice(configuration, environment, profile: profile, baseURL: baseURL, isSandbox: isSandbox)
    let journals = JournalChoice(configuration, environment, option: journal, file: "/state/journal.sqlite")
    return ProfileSettings(
      try choice.server(), namedBy: choice.profileSource, in: configuration,
      journal: Result { () throws(JournalError) in try journals.location(ofProfile: choice.profileName) },
      givenBy: journals.source(ofProfile: choice.profileName))
  }

  private static func rows(_ settings: ProfileSettings) -> [String] {
    settings.settings.map { "\($0.name) | \($0.value) | \($0.source)" }
  }

  @Test("Each value is shown with what gives it, also one that is given and is the default")
  func all() throws {
    #expect(
      Self.rows(try Self.settings()) == [
        "profile | prod | config.toml", "server | https://prod.example.com | profile prod",
        "key | key command pass show wh | profile prod", "key_timeout | 30 s | default",
        "protected | yes | profile prod", "connect_timeout | 10 s | profile prod", "response_timeout | 30 s | default",
        "response_limit | 16 MiB | profile prod", "events | calls.ringing | config.toml",
        "events | calls.ended | profile prod", "journal | postgresql://wh@db.example.com/ops?schema=a | profile prod",
      ])
  }

  @Test("Without a configuration all are defaults")
  func defaults() throws {
    let settings = try Self.settings(text: "")
    #expect(settings.settings.allSatisfy { $0.source == .standard })
    #expect(settings["server"]?.value == BaseURL.service.description && settings["key"]?.value == "none")
    #expect(settings["journal"]?.value == "/state/journal.sqlite" && settings["events"] == nil)
  }

  struct Row: Sendable {
    var profile: String?
    var baseURL: String?
    var isSandbox = false
    var journal: String?
    var variables: [String: String] = [:]
    let name: String
    let value: String
    let source: String
  }

  private static let url = "https://other.example.com"
  private static let key = ["WH_API_KEY": "sk_admin_canary"]

  @Test(
    "What gives a value",
    arguments: [
      Row(profile: "plain", name: "profile", value: "plain", source: "--profile"),
      Row(variables: ["WH_PROFILE": "plain"], name: "profile", value: "plain", source: "WH_PROFILE"),
      Row(isSandbox: true, name: "profile", value: "sandbox", source: "--sandbox"),
      Row(isSandbox: true, name: "server", value: "the embedded sandbox", source: "default"),
      Row(isSandbox: true, variables: key, name: "key", value: "not needed", source: "default"),
      Row(profile: "plain", name: "server", value: BaseURL.service.description, source: "default"),
      Row(baseURL: url, name: "server", value: url, source: "--base-url"),
      Row(variables: ["WH_BASE_URL": url], name: "server", value: url, source: "WH_BASE_URL"),
      Row(
        profile: "prod", variables: ["WH_BASE_URL": url], name: "server", value: "https://prod.example.com",
        source: "profile prod"),
      Row(profile: "plain", variables: ["WH_BASE_URL": url], name: "server", value: url, source: "WH_BASE_URL"),
      Row(profile: "plain", variables: key, name: "key", value: "••••", source: "WH_API_KEY"),
      Row(
        baseURL: url, name: "key", value: "none: the key of the profile is only for https://prod.example.com",
        source: "default"),
      Row(
        profile: "plain", variables: key.merging(["WH_BASE_URL": url]) { $1 }, name: "key", value: "••••",
        source: "WH_API_KEY"),
      Row(journal: "postgresql://db/x", name: "journal", value: "postgresql://db/x", source: "--journal"),
      Row(
        variables: ["WH_JOURNAL": "postgresql://u:canary@db/y"], name: "journal", value: "postgresql://u@db/y",
        source: "WH_JOURNAL"),
      Row(
        isSandbox: true, variables: ["WH_JOURNAL": "postgresql://db/y"], name: "journal",
        value: "/state/journal.sqlite", source: "default"),
      Row(
        profile: "plain", variables: ["XDG_STATE_HOME": "/state"], name: "journal", value: "/state/journal.sqlite",
        source: "XDG_STATE_HOME"),
      Row(
        profile: "plain", variables: ["XDG_STATE_HOME": "state"], name: "journal", value: "/state/journal.sqlite",
        source: "default"),
      Row(
        journal: "mysql://u:canary@db", name: "journal", value: "not valid: it does not begin with `postgresql://`",
        source: "--journal"),
    ])
  func sources(row: Row) throws {
    let settings = try Self.settings(
      profile: row.profile, baseURL: row.baseURL, isSandbox: row.isSandbox, journal: row.journal, row.variables)
    let setting = try #require(settings[row.name])
    #expect(setting.value == row.value && setting.source.description == row.source, "\(setting)")
    #expect(!"\(settings)".contains("canary"), "\(settings)")
  }

  @Test("The finding has the values in groups by what gives them")
  func finding() throws {
    #expect(
      Finding.profile(try Self.settings()).detail
        == "prod (config.toml); key_timeout 30 s, response_timeout 30 s (default); protected yes, connect_timeout 10 s, "
        + "response_limit 16 MiB, events calls.ended (profile prod); events calls.ringing (config.toml)")
  }
}
