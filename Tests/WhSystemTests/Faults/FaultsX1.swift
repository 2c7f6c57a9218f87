import Testing
import WhAPI

@testable import WhSystem

@Suite("X1: a key goes only to the host that it was given for")
struct FaultsX1 {
  struct Row: Sendable {
    let server: String
    /// The server that the environment's key is for.
    var environment: String?
    /// The server of a profile with a key of its own.
    var own: String?
    let choice: String
    /// A part of what is said.
    var note: String?
  }

  static let rows = [
    Row(server: "https://a", choice: "none"),
    Row(server: "https://a", environment: "https://a", choice: "environment"),
    Row(server: "https://a", environment: "https://b", choice: "none"),
    Row(server: "https://a", own: "https://a", choice: "profile"),
    Row(server: "https://a", own: "https://b", choice: "none"),
    Row(
      server: "https://a", environment: "https://a", own: "https://a", choice: "profile",
      note: "the key of profile p is used instead of WH_API_KEY"),
    Row(
      server: "https://a", environment: "https://b", own: "https://a", choice: "profile",
      note: "the key of profile p is used instead of WH_API_KEY"),
    Row(
      server: "https://a", environment: "https://a", own: "https://b", choice: "environment",
      note: "WH_API_KEY is used instead of the key of profile p"),
    Row(server: "https://a", environment: "https://b", own: "https://b", choice: "none"),
    // What makes a host.
    Row(server: "https://a:443", environment: "https://a", choice: "environment"),
    Row(server: "http://localhost", environment: "http://localhost:80", choice: "environment"),
    Row(server: "https://A/path", environment: "https://a/other", choice: "environment"),
    Row(server: "https://a:8443", environment: "https://a", choice: "none"),
    Row(server: "http://localhost", environment: "https://localhost", choice: "none"),
    Row(server: "https://sub.a", environment: "https://a", choice: "none"),
    Row(server: "https://a.evil", environment: "https://a", choice: "none"),
  ]

  @Test("X1: only the key for its host", arguments: rows)
  func choice(row: Row) throws {
    let own = try row.own.map { KeyPolicy.OwnKey(profile: "p", server: try BaseURL($0)) }
    let policy = KeyPolicy(environment: try row.environment.map { try BaseURL($0) }, own: own)
    let choice = policy.choice(for: try BaseURL(row.server))
    let word =
      switch choice {
      case .environment: "environment"
      case .profile: "profile"
      case .none: "none"
      }
    #expect(word == row.choice, "\(row)")
    let note = policy.note(on: choice)
    #expect((note == nil) == (row.note == nil), "\(row)")
    if let part = row.note { #expect(note?.contains(part) == true, "\(note ?? "")") }
  }

  @Test("X1: the key in the environment is for WH_BASE_URL or the service, never for a named profile")
  func environment() throws {
    var configuration = Configuration()
    configuration.profiles = ["other": Configuration.Profile(baseURL: "https://other.example.com")]
    let key = ["WH_API_KEY": "sk_admin_x"]
    func choice(_ variables: [String: String], option: String? = nil, statement: String? = nil) throws
      -> KeyPolicy.Choice
    {
      let environment = Environment(key.merging(variables) { $1 })
      let server = try ServerChoice(configuration, environment, profile: option).server(ofStatement: statement)
      return server.keys.choice(for: try #require(server.base))
    }
    #expect(try choice([:]) == .environment)
    #expect(try choice(["WH_BASE_URL": "http://localhost:1"]) == .environment)
    #expect(try choice([:], option: "other") == .none(.environmentElsewhere(.service)))
    #expect(try choice([:], statement: "other") == .none(.environmentElsewhere(.service)))
    let base = try BaseURL("http://localhost:1")
    #expect(
      try choice(["WH_BASE_URL": "http://localhost:1"], statement: "other") == .none(.environmentElsewhere(base)))
    #expect(try choice(["WH_BASE_URL": "https://other.example.com"], statement: "other") == .environment)
    #expect(try choice(["WH_API_KEY": ""], statement: "other") == .none(.noKey))
  }
}
