import Foundation
import Testing

/// `wh sandbox` as a process of its own.
struct SandboxProcess {
  let child: WhChild
  let url: String
  let key: String

  /// Starts it on a free port, and waits until it says where it listens. It has no rate limit unless the arguments set one,
  /// so that no test waits for the next minute.
  init(_ home: Home, _ arguments: String...) async throws { try await self.init(home, arguments) }

  /// The same, with the arguments in a list.
  init(_ home: Home, _ arguments: [String]) async throws {
    child = try WhChild(home, ["sandbox", "--port", "0", "--rate-limit", "none"] + arguments)
    let said = try await child.waitForOutput(" wh\n")
    let match = try #require(said.firstMatch(of: /WH_BASE_URL=(http:\/\/127\.0\.0\.1:\d+) WH_API_KEY=(\S+) wh/))
    url = String(match.1)
    key = String(match.2)
  }

  /// What it says that `wh` is to be given.
  var environment: [String: String] { ["WH_BASE_URL": url, "WH_API_KEY": key] }
}
