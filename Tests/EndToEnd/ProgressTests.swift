import Foundation
import Testing
import WhTestSupport

@Suite("Progress")
struct ProgressTests {
  /// Slow enough for a bar to be drawn, which takes 300 ms of waiting.
  private static func slowServer() throws -> CountingService {
    var shape = ServiceShape(apps: 4, webhooksPerApp: 20, oldPerApp: 20)
    shape.latency = .milliseconds(100)
    return try CountingService(shape)
  }

  @Test(
    "At a terminal a bar shows the progress and disappears at the end, at any width", arguments: [40, 80, 200])
  func terminal(columns: Int) async throws {
    let home = try Home()
    let server = try Self.slowServer()
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "wh"), ["-c", ServiceShape.migration],
      environment: home.environment.merging(WhRun.environment(server)) { $1 }, folder: home.work, columns: columns)
    try await terminal.wait("a bar that moves") { screen in
      screen.text.contains(/\[#+\.+\] writing \d+\/80,/)
    }
    #expect(try await terminal.waitForExit() == .exited(0))
    let last = terminal.screen.transcript.joined(separator: "\n")
    #expect(last.contains("committed: 80 updated"))
    #expect(!last.contains("writing") && !last.contains("[#"), "\(last)")
  }

  @Test("Without a terminal there is none", arguments: [["--progress", "auto"], ["--progress", "none"], []])
  func piped(options: [String]) async throws {
    let server = try Self.slowServer()
    let run = try await Home().wh(
      options + ["-c", ServiceShape.migration], environment: WhRun.environment(server))
    #expect(server.log.count == 85)
    #expect(run.exit == 0 && run.error.isEmpty, "\(run.testDescription)")
  }

  @Test("At a terminal there is none with --progress none")
  func none() async throws {
    let home = try Home()
    let server = try Self.slowServer()
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "wh"), ["--progress", "none", "-c", ServiceShape.migration],
      environment: home.environment.merging(WhRun.environment(server)) { $1 }, folder: home.work)
    #expect(try await terminal.waitForExit() == .exited(0))
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("writing"))
  }
}
