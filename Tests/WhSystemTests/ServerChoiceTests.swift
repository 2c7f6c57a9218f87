import Testing
import WhAPI

@testable import WhSystem

@Suite("Which server a session talks to")
struct ServerChoiceTests {
  private static let configuration = {
    var configuration = Configuration()
    configuration.profiles = [
      "prod": Configuration.Profile(baseURL: "https://prod.example.com", keyFile: "key"),
      "plain": Configuration.Profile(baseURL: "https://plain.example.com"),
      "service": Configuration.Profile(keyFile: "k"),
    ]
    return configuration
  }()

  struct Row: Sendable {
    var options: (profile: String?, baseURL: String?) = (nil, nil)
    var variables: [String: String] = [:]
    var standard: String?
    var statement: String?
    let profile: String
    let server: String
  }

  static let service = BaseURL.service.description

  @Test(
    "The command line overrides the environment, which overrides the configuration",
    arguments: [
      Row(profile: "default", server: service),
      Row(standard: "prod", profile: "prod", server: "https://prod.example.com"),
      Row(variables: ["WH_PROFILE": "prod"], profile: "prod", server: "https://prod.example.com"),
      Row(variables: ["WH_PROFILE": "plain"], standard: "prod", profile: "plain", server: "https://plain.example.com"),
      Row(
        options: ("plain", nil), variables: ["WH_PROFILE": "prod"], profile: "plain",
        server: "https://plain.example.com"),
      Row(variables: ["WH_BASE_URL": "http://localhost:1"], profile: "default", server: "http://localhost:1"),
      Row(
        variables: ["WH_BASE_URL": "http://localhost:1"], statement: "default", profile: "default",
        server: "http://localhost:1"),
      Row(
        options: (nil, "http://localhost:2"), variables: ["WH_BASE_URL": "http://localhost:1"], profile: "default",
        server: "http://localhost:2"),
      Row(
        options: ("prod", nil), variables: ["WH_BASE_URL": "http://localhost:1"], profile: "prod",
        server: "https://prod.example.com"),
      Row(
        options: ("prod", "http://localhost:2"), variables: ["WH_BASE_URL": "http://localhost:1"], profile: "prod",
        server: "http://localhost:2"),
      Row(
        variables: ["WH_BASE_URL": "http://localhost:1", "WH_PROFILE": "prod"], profile: "prod",
        server: "http://localhost:1"),
      // Without a url of its own the profile says nothing about the server.
      Row(
        options: ("service", nil), variables: ["WH_BASE_URL": "http://localhost:1"], profile: "service",
        server: "http://localhost:1"),
      Row(
        variables: ["WH_BASE_URL": "", "WH_PROFILE": ""], standard: "prod", profile: "prod",
        server: "https://prod.example.com"),
      Row(
        options: (nil, "http://localhost:2"), statement: "prod", profile: "prod", server: "https://prod.example.com"),
      Row(statement: "service", profile: "service", server: service),
    ])
  func precedence(row: Row) throws {
    var configuration = Self.configuration
    configuration.defaultProfile = row.standard
    let choice = ServerChoice(
      configuration, Environment(row.variables), profile: row.options.profile, baseURL: row.options.baseURL)
    let server = try choice.server(ofStatement: row.statement)
    #expect(server.profile == row.profile)
    #expect(server.base?.description == row.server)
  }

  @Test(
    "The embedded sandbox needs no url, and gets no key of another server",
    arguments: [
      (true, [:], nil), (false, ["WH_PROFILE": "sandbox"], nil), (false, [:], "sandbox"),
      (true, ["WH_BASE_URL": "nonsense"], nil),
    ] as [(Bool, [String: String], String?)])
  func standIn(isSandbox: Bool, variables: [String: String], statement: String?) throws {
    let variables = variables.merging(["WH_API_KEY": "sk_admin_x"]) { $1 }
    let server = try ServerChoice(Self.configuration, Environment(variables), isSandbox: isSandbox)
      .server(ofStatement: statement)
    #expect(server.profile == "sandbox" && server.base == nil)
  }

  @Test func unknownProfile() {
    let choice = ServerChoice(Self.configuration, Environment([:]), profile: "prdo")
    let problem = #expect(throws: ServerProblem.self) { try choice.server() }
    #expect(problem == .unknownProfile("prdo", known: ["plain", "prod", "sandbox", "service"]))
  }

  @Test(
    "An invalid url is reported without its password",
    arguments: ["https://bob:hunter2@example.com", "https://bob:hun/ter2@example.com/", "bob:hunter2@example.com"])
  func password(url: String) {
    let choice = ServerChoice(Configuration(), Environment(["WH_BASE_URL": url]))
    let problem = #expect(throws: ServerProblem.self) { try choice.server() }
    #expect(problem?.message.contains("hun") == false && problem?.message.contains("bob") == false)
    #expect(problem?.message.contains("••••@example.com") == true, "\(problem?.message ?? "")")
  }

  @Test(
    "`/v1` at the end of a url causes a warning",
    arguments: [
      ("https://api.example.com/v1", true), ("https://api.example.com/v1/", true),
      ("https://api.example.com/chirp/v1", true), ("https://api.example.com/v10", false),
      ("https://api.example.com", false), ("https://v1.example.com", false),
    ])
  func version(url: String, isHinted: Bool) throws {
    #expect((try BaseURL(url).hint != nil) == isHinted)
  }

  @Test("The passwords in a proxy url are recognised, also decoded")
  func proxies() {
    #expect(Set(ServerURL.secrets(in: "http://me:p%40ss@proxy:3128")) == ["me:p%40ss", "p%40ss", "p@ss"])
    #expect(ServerURL.secrets(in: "http://proxy:3128").isEmpty)
    #expect(ServerURL.secrets(in: "me:pass@proxy:3128").contains("pass"))
    #expect(ServerURL.withoutUser("http://proxy:3128") == "http://proxy:3128")
  }
}
