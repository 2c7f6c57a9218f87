import Testing
import WhAPI
import WhDomain
import WhSession

@testable import WhShell

@Suite("The line that shows progress")
struct ProgressLineTests {
  private static func line(
    _ phase: ProgressEvent.Phase = .writing, total: Int = 10, states: [Outcome.State?] = []
  ) -> ProgressLine {
    var line = ProgressLine(phase: phase, total: total, start: .seconds(100))
    for state in states { line.step(state) }
    return line
  }

  @Test func beforeTheFirstAnswerThereIsNoRate() {
    #expect(Self.line().plain(at: .seconds(101), wall: .zero) == "writing 0/10, 0 updated, 0 failed")
  }

  @Test func countsByStateAndTellsRateAndRest() {
    let line = Self.line(states: [.updated, .updated, .failed, .conflict, .unchanged])
    #expect(
      line.plain(at: .seconds(110), wall: .zero) == "writing 5/10, 2 updated, 2 failed, 0.5 per second, 10 s left")
  }

  @Test func tellsCreationsAndDeletionsApart() {
    let states: [Outcome.State] = [
      .deleted, .created, .updated, .created, .unknown, .appliedDifferently, .notAttempted,
    ]
    #expect(
      Self.line(states: states).plain(at: .seconds(100), wall: .zero)
        == "writing 7/10, 2 created, 1 updated, 1 deleted, 2 failed")
  }

  @Test func readingHasNoStates() {
    let line = Self.line(.reading, total: 400, states: Array(repeating: nil, count: 200))
    #expect(line.plain(at: .seconds(104), wall: .zero) == "reading 200/400, 50 per second, 4 s left")
  }

  @Test func nothingIsLeftAtTheEnd() {
    let line = Self.line(total: 2, states: [.updated, .updated])
    #expect(line.plain(at: .seconds(101), wall: .zero) == "writing 2/2, 2 updated, 0 failed, 2.0 per second")
  }

  @Test(arguments: [
    (0, "[....................] "), (1, "[##..................] "), (5, "[##########..........] "),
    (10, "[####################] "),
  ])
  func theBarFills(done: Int, start: String) {
    let line = Self.line(states: Array(repeating: .updated, count: done))
    #expect(line.bar(at: .seconds(101), wall: .zero).hasPrefix(start))
  }

  @Test func aPhaseOfNothingIsFull() {
    #expect(Self.line(total: 0).bar(at: .seconds(100), wall: .zero).hasPrefix("[####################] "))
  }

  @Test(arguments: [
    (PacingWait.Reason.limit, "waiting 30 s for the rate limit"),
    (.otherUsers, "waiting 30 s for other users of the key"), (.refused, "waiting 30 s as the server asked"),
  ])
  func aWaitStandsInPlaceOfTheRate(reason: PacingWait.Reason, text: String) {
    var line = Self.line(states: [.updated])
    line.wait = PacingWait(reason: reason, until: .seconds(1030))
    #expect(line.plain(at: .seconds(110), wall: .seconds(1000)) == "writing 1/10, 1 updated, 0 failed, " + text)
    // It is over.
    #expect(line.plain(at: .seconds(110), wall: .seconds(1031)).contains("per second"))
  }

  @Test("T12: while the limit is waited for, the time is that to its reset, and only falls")
  func theTimeOfAWaitFalls() {
    var line = Self.line(total: 150, states: Array(repeating: .updated, count: 100))
    #expect(line.plain(at: .seconds(103), wall: .seconds(1003)).hasSuffix("33 per second, 2 s left"))
    line.wait = PacingWait(reason: .limit, until: .seconds(1060))
    let shown = (3..<60).map { line.plain(at: .seconds(100 + $0), wall: .seconds(1000 + $0)) }
    #expect(shown.map { $0.contains("left") } == shown.map { _ in false })
    #expect(shown.map { $0.split(separator: ", ").last } == (3..<60).map { "waiting \(60 - $0) s for the rate limit" })
  }

  @Test func theWaitForTheFirstAnswerIsNone() {
    var line = Self.line()
    line.wait = PacingWait(reason: .firstAnswer, until: .seconds(1030))
    #expect(!line.plain(at: .seconds(110), wall: .seconds(1000)).contains("waiting"))
  }
}
