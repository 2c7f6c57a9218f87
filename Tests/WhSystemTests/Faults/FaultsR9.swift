import Testing

@testable import WhSystem

@Suite("R9: events in the configuration")
struct FaultsR9 {
  private static let text = """
    events = ["calls.ringing", "custom.event"]
    [profiles.prod]
    events = ["prod.event", "custom.event"]
    [profiles.plain]
    """

  @Test(
    "R9: those of the file are known with every profile, those of a profile with it",
    arguments: [
      ("prod", ["calls.ringing", "custom.event", "prod.event"]), ("plain", ["calls.ringing", "custom.event"]),
      (nil, ["calls.ringing", "custom.event"]),
    ])
  func events(profile: String?, expected: [String]) throws {
    let configuration = try Configuration(toml: Self.text)
    #expect(ServerChoice(configuration, Environment([:]), profile: profile).ownEvents == expected)
    let environment = Environment(profile.map { ["WH_PROFILE": $0] } ?? [:])
    #expect(ServerChoice(configuration, environment).ownEvents == expected)
  }

  @Test(
    "R9: what is not a list of names is refused",
    arguments: [
      (#"events = "a.b""#, ConfigurationProblem.Kind.notEvents("events")),
      ("events = [1]", .notEvents("events")), ("[profiles.a]\nevents = 1", .notEvents("profiles.a.events")),
      (#"events = ["a b"]"#, .notEvent("events", "a b", "contains U+0020, which is not allowed in an event name")),
      (#"events = [""]"#, .notEvent("events", "", "is empty")),
    ])
  func refused(text: String, problem: ConfigurationProblem.Kind) {
    #expect(throws: problem) { try Configuration(toml: text) }
  }
}
