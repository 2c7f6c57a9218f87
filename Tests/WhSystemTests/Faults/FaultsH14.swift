import Foundation
import Testing
import WhDomain
import WhTestSupport

@testable import WhSystem

@Suite("H14: commands inherit neither keys nor sockets")
struct FaultsH14 {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    signal(SIGPIPE, SIG_IGN)
  }

  private func run(_ command: String, _ environment: Environment) async throws -> String {
    #expect(
      await SystemCommand(Shell(environment), hasInterrupts: false).run("{ \(command); } > ~/out", input: "")
        == .exited(0))
    return try String(contentsOf: folder.url("out"), encoding: .utf8)
  }

  private func environment(_ more: [String]) -> Environment {
    Environment(entries: (["PATH=/usr/bin:/bin", "HOME=\(folder.path)"] + more).map { Array($0.utf8) }, account: "/")
  }

  @Test(
    "H14: however the key stands in the environment",
    arguments: [
      ["WH_API_KEY=canary"], ["WH_API_KEY=canary", "WH_API_KEY=canary2"], ["A=1", "WH_API_KEY=canary\nB=2"],
      ["WH_API_KEY=a=canary"],
    ])
  func key(entries: [String]) async throws {
    let text = try await run("env", environment(entries + ["WH_API_KEYS=other", "WH_PROFILE=p"]))
    #expect(!text.contains("canary"))
    #expect(text.contains("WH_API_KEYS=other\n") && text.contains("WH_PROFILE=p\n"))
  }

  /// A socket to a server, as libcurl may open one without closing it on `exec`.
  @Test("H14: sockets and files stay behind, for a command and for the pager")
  func descriptors() async throws {
    let server = try FakeService { _ in .json(200, "{}") }
    let connection = try #require(Connected(port: server.port))
    defer { withExtendedLifetime(connection) {} }
    let pager = try #require(
      PagerProgram(environment(["PAGER=ls /proc/self/fd /dev/fd 2>/dev/null; :", "TERM=xterm"])))
    for command in ["ls /proc/self/fd /dev/fd 2>/dev/null; :", pager.command] {
      let names = try await run(command, environment([])).split(separator: "\n")
      #expect(!names.contains(Substring("\(connection.descriptor)")), "\(names)")
    }
  }

  /// A connection whose descriptor is so high that no command has one of the same number.
  private final class Connected {
    let descriptor: Int32

    init?(port: Int) {
      let low = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(low) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(port).bigEndian
      address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
      let isConnected = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(low, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
      descriptor = isConnected ? fcntl(low, F_DUPFD, 200) : -1
      guard descriptor >= 200 else { return nil }
    }

    deinit { close(descriptor) }
  }
}
