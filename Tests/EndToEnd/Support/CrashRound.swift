import Foundation
import Synchronization
import Testing
import WhDeterminism
import WhTestSupport

/// A service of 500 webhooks and a person's folders, with a `wh` that is killed between them and must finish all the same.
final class CrashRound: Sendable {
  static let script = "all.wh"
  private static let jobs = 8
  private static let count = 500

  private struct State {
    var title: String
    var kills = 0
    var calls = 0
  }

  /// One machine, or two if the journal is one that both see.
  private let homes: [Home]
  private let database: CrashDatabase?
  private let service: CountingService
  private let killer: Killer
  private let state: Mutex<State>

  /// - Parameter database: keeps the journal; nil for a file.
  init(_ title: String, latency: Duration, _ database: CrashDatabase? = nil) throws {
    state = Mutex(State(title: title))
    homes = try (0..<(database == nil ? 1 : 2)).map { _ in try Home() }
    self.database = database
    // No part of it comes to the same when it is done twice.
    let script = """
      use app *
      webhook *
      replace url .com/ with .com/x/
      add event messages.sms.failed
      set header X-Of ${webhook.id}
      commit

      """
    for home in homes { try home.write(Self.script, script) }
    var shape = ServiceShape(apps: 10, webhooksPerApp: Self.count / 10, oldPerApp: 20)
    shape.latency = latency
    let killer = Killer()
    self.killer = killer
    service = try CountingService(shape) { _, request in if request.method == "PUT" { killer.noteWrite() } }
  }

  /// What was done so far, for a failure.
  var title: String { state.withLock(\.title) }

  /// What each webhook holds.
  var held: [WebhookFields] { (0..<Self.count).map { service.fields(of: $0) } }

  /// What each webhook holds after the script, where it held this before.
  static func migrated(_ before: [WebhookFields]) -> [WebhookFields] {
    before.enumerated().map { number, fields in
      var fields = fields
      fields.url = fields.url.replacing(".com/", with: ".com/x/")
      fields.events.append("messages.sms.failed")
      fields.headers["X-Of"] = WebhookFields.webhookID(number)
      return fields
    }
  }

  /// Runs a command, strikes so often, and resumes it until all webhooks are as they should be.
  func finish(
    _ arguments: [String], to goal: [WebhookFields], blows: Int, _ random: inout SeededGenerator
  ) async throws {
    let (before, firstWrite, firstKill) = (held, writes, state.withLock(\.kills))
    let arguments = arguments + ["--jobs", "\(Self.jobs)"]
    let resume = ["resume", "--jobs", "\(Self.jobs)"]
    for number in 0..<blows {
      let left = zip(held, goal).count { $0 != $1 }
      let blow = database?.blow(&random) ?? .kill
      let moment = blow.moment(writes: left, jobs: Self.jobs, &random)
      let run = try await call(number == 0 ? arguments : resume, blow, at: moment)
      // A run waits for a database that is away, and goes on.
      #expect(run.exit == 0 || blow.kills && run.exit == 128 + SIGKILL, "\(title)\n\(run.testDescription)")
    }
    if blows > 0 { try await expectFine(resume) }
    if writes == firstWrite {
      // It died before it had written down what it was to do, or none was to be killed.
      #expect(held == before, "something changed without a write: \(title)")
      try await expectFine(arguments)
    }
    let wrong = held.indices.filter { held[$0] != goal[$0] }
    #expect(wrong.isEmpty, "\(wrong.prefix(3).map { "\($0) \(held[$0]), not \(goal[$0])" }): \(title)")
    let most = Self.count + Self.jobs * (state.withLock(\.kills) - firstKill)
    #expect((Self.count...most).contains(writes - firstWrite), "\(writes - firstWrite) writes: \(title)")
    guard blows > 0 else { return }
    let all = writes
    let nothing = try await expectFine(resume)
    #expect(nothing.error.contains("nothing to resume") && writes == all, "\(title)\n\(nothing.testDescription)")
  }

  /// Looks through the journal.
  func check() async throws { try await expectFine(["runs", "check"]) }

  private var writes: Int { service.log.count { $0.method == "PUT" } }

  @discardableResult
  private func expectFine(_ arguments: [String]) async throws -> WhRun {
    let run = try await call(arguments, .kill, at: nil)
    #expect(run.exit == 0, "\(title)\n\(run.testDescription)")
    return run
  }

  /// Runs a command to its end, of whatever kind, and waits until all that it sent has come in. With a journal that machines
  /// share, each command runs on another one.
  private func call(_ arguments: [String], _ blow: Blow, at moment: Killer.Moment?) async throws -> WhRun {
    let home = state.withLock { state in
      defer { state.calls += 1 }
      return homes[state.calls % homes.count]
    }
    var environment = ["WH_BASE_URL": service.url, "WH_API_KEY": OneWebhook.adminKey]
    environment["WH_JOURNAL"] = database?.url
    let child = try killer.start(moment, strike: blow.strike) { [environment] in
      try WhChild(home, arguments, environment: environment, patience: .seconds(120))
    }
    let run = try await child.finished()
    try await service.drained()
    database?.awaitBlow()
    state.withLock { state in
      if run.exit == 128 + SIGKILL { state.kills += 1 }
      let moment = moment.map { ", \(blow.name) \($0)" } ?? ""
      state.title += "\nwh \(arguments.joined(separator: " "))\(moment) → \(run.exit), \(writes) writes in all"
    }
    return run
  }
}
