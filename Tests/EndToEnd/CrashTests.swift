import Foundation
import Testing
import WhDeterminism
import WhTestSupport

/// Each seed is a round: a run over 500 webhooks and its undo, which SIGKILL ends before the first write, after some, or
/// near the end. `WH_TEST_SEEDS=1-200` makes it 200 of them.
@Suite("Kills at random moments")
struct CrashTests {
  @Test("Nothing is lost or sent twice, and everything can be undone", arguments: Seeds.first(10))
  func crash(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let round = try CrashRound("seed \(seed)", latency: .milliseconds([0, 1, 4][random.below(3)]))
    let before = round.held
    let kills = random.below(3) == 0 ? 2 : 1
    try await round.finish(["run", CrashRound.script], to: CrashRound.migrated(before), blows: kills, &random)
    let undoKills = random.below(4) == 0 ? 1 : 0
    try await round.finish(["-c", "undo; commit"], to: before, blows: undoKills, &random)
    try await round.check()
  }

  /// The same with a journal in a database, which is struck too, and two machines that take turns. `scripts/crash-test
  /// --journal postgres` makes it 200 rounds.
  @Test(
    "The same with a journal in PostgreSQL that crashes too, and another machine that resumes",
    arguments: Seeds.first(3))
  func database(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let latency = Duration.milliseconds([0, 1, 4][random.below(3)])
    let round = try CrashRound("seed \(seed)", latency: latency, CrashDatabase(try PostgresServer()))
    let before = round.held
    let blows = 1 + random.below(2)
    try await round.finish(["run", CrashRound.script], to: CrashRound.migrated(before), blows: blows, &random)
    try await round.finish(["-c", "undo; commit"], to: before, blows: random.below(2), &random)
    try await round.check()
  }
}
