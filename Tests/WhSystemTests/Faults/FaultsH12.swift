import Testing

@testable import WhSystem

@Suite("H12: how long is waited, and how much is read, can be configured")
struct FaultsH12 {
  private static func profile(_ text: String) throws -> Configuration.Profile? {
    try Configuration(toml: "[profiles.a]\n" + text).profiles["a"]
  }

  @Test("H12: 10 s for a connection, 30 s for the first byte, 8 MiB")
  func standard() throws {
    let profile = try Self.profile("")
    #expect(profile?.connectTimeout == 10 && profile?.responseTimeout == 30 && profile?.responseLimit == 8)
  }

  @Test("H12: other numbers", arguments: [1, 30, 600, 3600])
  func set(seconds: Int) throws {
    #expect(try Self.profile("connect_timeout = \(seconds)")?.connectTimeout == seconds)
    #expect(try Self.profile("response_timeout = \(seconds)")?.responseTimeout == seconds)
  }

  @Test("H12: sizes", arguments: [1, 64, 1024])
  func size(mebibytes: Int) throws {
    #expect(try Self.profile("response_limit = \(mebibytes)")?.responseLimit == mebibytes)
  }

  @Test(
    "H12: what is no time or size is refused with its place",
    arguments: ["0", "-1", "3601", "1.5", "\"10\"", "true", "[]"])
  func invalid(value: String) {
    for name in ["connect_timeout", "response_timeout", "key_timeout"] {
      #expect(throws: ConfigurationProblem.Kind.notNumber("profiles.a.\(name)", 1...3600, "seconds")) {
        try Self.profile("\(name) = \(value)")
      }
    }
    #expect(throws: ConfigurationProblem.Kind.notNumber("profiles.a.response_limit", 1...1024, "MiB")) {
      try Self.profile("response_limit = \(value)")
    }
  }
}
