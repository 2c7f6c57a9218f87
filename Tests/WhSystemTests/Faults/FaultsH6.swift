import Foundation
import Testing
import WhAPI
import WhDomain
import WhTestSupport

@testable import WhSystem

@Suite("H6: a key command can't hold anything up", .timeLimit(.minutes(1)))
struct FaultsH6 {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    signal(SIGPIPE, SIG_IGN)
  }

  private func key(of command: String, within seconds: Int) async -> Result<String?, KeyProblem> {
    let environment = Environment(["PATH": "/usr/bin:/bin", "HOME": folder.path])
    let source = KeySource(environment, KeyCommands(Shell(environment), clock: TimeSource.live.monotonic)) { _ in }
    var profile = Configuration.Profile(keyCommand: command)
    profile.keyTimeout = seconds
    do throws(KeyProblem) {
      return .success(try await source.key(of: profile)?.key.secret.reveal())
    } catch {
      return .failure(error)
    }
  }

  @Test(
    "H6: one that does not end is timed out",
    arguments: [
      "sleep 1000", "exec >&- 2>&- <&-; sleep 1000", "sleep 1000 & sleep 1000 & wait", "cat /dev/zero >/dev/null",
      "trap '' TERM INT HUP; while :; do sleep 0.1; done", "printf sk_admin_0123456789; sleep 1000",
    ])
  func timedOut(command: String) async {
    #expect(await key(of: command, within: 1) == .failure(.commandTimedOut(seconds: 1)))
  }

  @Test(
    "H6: one that prints without end is stopped",
    arguments: [
      "yes", "cat /dev/zero", "while :; do echo sk_admin_0123456789; done", "head -c 65537 /dev/zero; sleep 1000",
    ])
  func printsTooMuch(command: String) async {
    #expect(await key(of: command, within: 3600) == .failure(.commandPrintedTooMuch(kibibytes: 64)))
  }

  @Test(
    "H6: what it leaves in the background does not count",
    arguments: [
      "sleep 1000 & echo sk_admin_0123456789", "(sleep 1000 | sleep 1000) & echo sk_admin_0123456789",
      "nohup sleep 1000 2>/dev/null & echo sk_admin_0123456789",
    ])
  func background(command: String) async {
    #expect(await key(of: command, within: 3600) == .success("sk_admin_0123456789"))
  }
}
