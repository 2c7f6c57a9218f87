import ArgumentParser
import Foundation
import WhAPI
import WhDomain
import WhJournal
import WhSession
import WhSyntax
import WhTestSupport

/// Commits to a server over and over, in turn with a journal and without one, for `scripts/bench journal`. Prints the medians
/// of both and what the journal costs.
@main
struct BenchJournal: AsyncParsableCommand {
  @Argument(help: "The server, which needs the key in WH_API_KEY.") var url: String
  @Argument(help: "The journal's file, on the disk that is to be measured.") var journal: String
  @Option(help: "Commits of each kind.") var rounds = 7
  @Option(help: "Requests in flight.") var jobs = 8

  func run() async throws {
    var times: [Bool: [Double]] = [:]
    var webhooks = 0
    for round in 0...rounds {
      // Which comes first changes, so that neither gains by it; the first pair only warms up.
      for isJournaled in round.isMultiple(of: 2) ? [false, true] : [true, false] {
        let (count, seconds) = try await commit(value: "\(round)-\(isJournaled)", isJournaled: isJournaled)
        webhooks = count
        if round > 0 { times[isJournaled, default: []].append(seconds) }
      }
    }
    let without = median(times[false] ?? []), with = median(times[true] ?? [])
    print("webhooks", webhooks)
    print("without", String(format: "%.3f", without))
    print("with", String(format: "%.3f", with))
  }

  /// Gives all webhooks a header's value that they do not have, and times the commit alone.
  private func commit(value: String, isJournaled: Bool) async throws -> (webhooks: Int, seconds: Double) {
    let redactor = Redactor()
    let effects = Effects(time: .live, readFile: { _ throws(FileProblem) in [] })
    let base = try BaseURL(url)
    let connection = APIConnection(
      base: base, key: try APIKey(ProcessInfo.processInfo.environment["WH_API_KEY"] ?? ""))
    var options = SessionOptions()
    options.jobs = jobs
    let session = Interpreter(
      Surroundings(
        effects: effects, redactor: redactor,
        connector: { _ in Connection(profile: "bench", baseURL: base, client: connection.client) },
        context: isJournaled ? context : nil), options: options)
    let script = Binder(readFile: effects.readFile, redactor: redactor)
      .bind(
        Source(name: "bench", bytes: Array("use app *; webhook *; set header X-Round \(value); commit".utf8)),
        in: Scope())
    var result = (webhooks: 0, seconds: 0.0)
    for statement in script.statements {
      let start = ContinuousClock.now
      let reply = try await session.execute(statement)
      let duration = (ContinuousClock.now - start).components
      for case .commit(let report) in reply.outputs {
        result = (report.count(.updated), Double(duration.seconds) + Double(duration.attoseconds) / 1e18)
      }
    }
    await session.close()
    return result
  }

  private var context: RunContext {
    RunContext(
      openJournal: { [journal] _ throws(JournalError) in try Journal(path: journal) },
      findJournal: { [journal] _ throws(JournalError) in try Journal.open(ifExists: journal) },
      user: "bench", version: "bench", processID: ProcessInfo.processInfo.processIdentifier, script: "bench.wh")
  }

  private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }
}
