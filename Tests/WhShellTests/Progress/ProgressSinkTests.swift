import Synchronization
import Testing
import WhAPI
import WhDomain
import WhSession
import WhShell

@Suite("When progress is shown")
struct ProgressSinkTests {
  private static func work(_ display: ProgressSink, on stage: Stage, steps: Int = 10) {
    display.receive(.began(.writing, total: steps))
    for _ in 0..<steps {
      stage.advance(by: .milliseconds(150))
      display.receive(.stepped(.updated))
    }
    display.receive(.ended)
    stage.wake()
  }

  @Test func aBarIsDrawnInPlaceAndErased() async {
    let stage = Stage()
    Self.work(stage.display(.auto, isTerminal: true), on: stage)
    #expect(stage.text.hasPrefix("\r[###"), "\(stage.text)")
    #expect(stage.text.contains("writing 10/10, 10 updated"))
    #expect(stage.text.hasSuffix("\r\u{1B}[K"))
    #expect(!stage.text.contains("\n"))
    _ = await stage.sleeper()
    stage.wake()
  }

  @Test(arguments: [1, 10, 60])
  func aBarIsCutToTheTerminalsWidth(columns: Int) {
    let stage = Stage()
    Self.work(stage.display(.auto, isTerminal: true, columns: columns), on: stage)
    let drawings = stage.text.split(separator: "\r").map { $0.replacing("\u{1B}[K", with: "") }
    #expect(drawings.map(\.count).max() == columns - 1)
  }

  @Test func shortWorkShowsNoBar() {
    let stage = Stage()
    Self.work(stage.display(.auto, isTerminal: true), on: stage, steps: 1)
    #expect(stage.text.isEmpty)
  }

  @Test(arguments: [(ProgressSink.Form.auto, false), (.none, true), (.none, false)])
  func elsewhereThereIsNothing(form: ProgressSink.Form, isTerminal: Bool) {
    let stage = Stage()
    Self.work(stage.display(form, isTerminal: isTerminal), on: stage)
    #expect(stage.text.isEmpty)
  }

  @Test func aLongWaitIsReportedOnceWhereNothingIsDrawn() {
    let stage = Stage()
    let sink = stage.display(.auto, isTerminal: false)
    func wait(_ seconds: Int, _ reason: PacingWait.Reason = .limit) {
      sink.receive(PacingWait(reason: reason, until: .seconds(1000 + seconds)))
    }
    wait(9)
    wait(17)
    wait(17)
    sink.receive(nil)
    stage.advance(by: .seconds(20))
    wait(40, .retry("500 from the server", nextTry: 3, of: 8))
    #expect(stage.text == "note: waiting 17 s for the rate limit\nnote: 500 from the server, try 3 of 8 in 20 s\n")
  }

  /// When waits end, one after the other while the clock stands still, and which of them are reported.
  @Test(arguments: [
    ([600, 601, 659], [600]), ([600, 680], [600, 680]), ([20, 29], [20]), ([20, 31], [20, 31]), ([20, 15], [20]),
    ([20, 29, 31], [20, 31]),
  ])
  func aWaitWhoseEndMovesALittleIsTheSame(ends: [Int], reported: [Int]) {
    let stage = Stage()
    let sink = stage.display(.auto, isTerminal: false)
    for end in ends { sink.receive(PacingWait(reason: .limit, until: .seconds(1000 + end))) }
    #expect(stage.text.split(separator: "\n").count == reported.count, "\(stage.text)")
  }

  @Test(arguments: [true, false])
  func plainIsALineAMinute(isTerminal: Bool) async {
    let stage = Stage()
    let display = stage.display(.plain, isTerminal: isTerminal)
    display.receive(.began(.writing, total: 10))
    for number in 1...2 {
      #expect(await stage.sleeper() == .seconds(60))
      display.receive(.stepped(.updated))
      stage.wake()
      // It sleeps again only when the line is written.
      _ = await stage.sleeper()
      #expect(stage.text.split(separator: "\n").count == number, "\(stage.text)")
    }
    display.receive(.ended)
    stage.wake()
    #expect(stage.text.hasPrefix("writing 1/10, 1 updated, 0 failed"))
    #expect(!stage.text.contains("\u{1B}") && !stage.text.contains("\r"))
  }
}
