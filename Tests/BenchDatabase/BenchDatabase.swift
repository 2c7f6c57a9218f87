import ArgumentParser
import Foundation
import WhTestSupport

/// A PostgreSQL server with the latency of a network as a program, for `scripts/bench`. It prints the url of a journal, and
/// serves until it is killed.
@main
struct BenchDatabase: ParsableCommand {
  @Option(help: "How long a question and its answer are under way, in milliseconds.") var latency = 0

  func run() throws {
    let server = try PostgresServer()
    let slow = server.folder + "/slow"
    try FileManager.default.createDirectory(atPath: slow, withIntermediateDirectories: true)
    _ = try SlowSocket(
      slow + "/.s.PGSQL.5432", to: server.folder + "/.s.PGSQL.5432", delay: .milliseconds(latency) / 2)
    let url = server.url(schema: "wh").replacing("host=\(server.folder)&", with: "host=\(slow)&")
    FileHandle.standardOutput.write(Data((url + "\n").utf8))
    withExtendedLifetime(server) { dispatchMain() }
  }
}
