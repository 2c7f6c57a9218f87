import ArgumentParser
import Foundation
import WhTestSupport

/// The counting server as a program, for `scripts/bench`. It prints its url, and serves until it is killed; `GET /_report`
/// reports what it has seen.
@main
struct BenchServer: ParsableCommand {
  @Option var apps = 200
  @Option var webhooksPerApp = 5
  @Option var oldPerApp = 2
  @Option(help: "How long each answer takes, in milliseconds.") var latency = 0
  @Option(help: "Requests in a window; 0 for no limit.") var limit = 0
  @Option(help: "The length of a window, in seconds.") var window = 6
  @Option(help: "The share of requests that go wrong, from 0 to 1.") var faults = 0.0
  @Option(help: "How long a stalled answer takes, in seconds.") var stall = 8
  @Option var seed: UInt64 = 1
  @Flag(help: "Give each webhook a secret header of its own.") var secrets = false

  func run() throws {
    var shape = ServiceShape(apps: apps, webhooksPerApp: webhooksPerApp, oldPerApp: oldPerApp)
    shape.latency = .milliseconds(latency)
    shape.limit = limit > 0 ? (limit, window) : nil
    shape.faultShare = faults
    shape.stall = .seconds(stall)
    shape.seed = seed
    shape.hasSecrets = secrets
    let server = try CountingService(shape)
    FileHandle.standardOutput.write(Data((server.url + "\n").utf8))
    withExtendedLifetime(server) { dispatchMain() }
  }
}
