import Testing
import WhAPI
import WhSession
import WhShell

@Suite("R6: a wait is told, whatever is shown besides")
struct FaultsR6 {
  private static func wait(_ reason: PacingWait.Reason, _ seconds: Int, from start: Int = 1000) -> PacingWait {
    PacingWait(reason: reason, until: .seconds(start + seconds))
  }

  @Test(
    "R6: on a terminal it is drawn while nothing is counted, each second, and erased",
    arguments: [
      (PacingWait.Reason.connection, "connecting, waiting 7 s more", "connecting, waiting 6 s more"),
      (.answer, "no response yet, waiting 7 s more", "no response yet, waiting 6 s more"),
      (.limit, "waiting 7 s for the rate limit", "waiting 6 s for the rate limit"),
      (.refused, "waiting 7 s as the server asked", "waiting 6 s as the server asked"),
      (.retry("HTTP 503", nextTry: 2, of: 8), "HTTP 503, try 2 of 8 in 7 s", "HTTP 503, try 2 of 8 in 6 s"),
    ])
  func drawn(reason: PacingWait.Reason, first: String, second: String) async {
    let stage = Stage()
    let sink = stage.display(.auto, isTerminal: true)
    sink.receive(Self.wait(reason, 7))
    #expect(stage.text == "\r\(first)\u{1B}[K")
    #expect(await stage.sleeper() == .seconds(1))
    stage.wake()
    _ = await stage.sleeper()
    #expect(stage.text == "\r\(first)\u{1B}[K\r\(second)\u{1B}[K")
    sink.receive(nil)
    #expect(stage.text.hasSuffix("\u{1B}[K\r\u{1B}[K"))
    stage.wake()
  }

  @Test("R6: what is printed has the line to itself, even if nobody says that the wait is over")
  func printed() async {
    let stage = Stage()
    let sink = stage.display(.auto, isTerminal: true)
    sink.receive(Self.wait(.connection, 7))
    _ = await stage.sleeper()
    await sink.receive(.shown([]), as: Presentation(form: .text))
    let text = stage.text
    #expect(text.hasSuffix("\r\u{1B}[K"))
    stage.wake()
    await sink.receive(.ended(nil), as: Presentation(form: .text))
    #expect(stage.text == text)
  }

  @Test("R6: a bar takes over the wait that goes on")
  func bar() async {
    let stage = Stage()
    let sink = stage.display(.auto, isTerminal: true)
    sink.receive(Self.wait(.answer, 20))
    sink.receive(.began(.reading, total: 3))
    stage.advance(by: .seconds(1))
    sink.receive(.stepped(nil))
    #expect(stage.text.contains("reading 1/3, no response yet, waiting 19 s more"))
    sink.receive(.ended)
    #expect(stage.text.hasSuffix("\r\u{1B}[K"))
    _ = await stage.sleeper()
    stage.wake()
  }

  @Test("R6: what is over in less than a second is not drawn")
  func short() {
    let stage = Stage()
    let sink = stage.display(.auto, isTerminal: true)
    sink.receive(PacingWait(reason: .limit, until: .milliseconds(1_000_900)))
    sink.receive(nil)
    #expect(stage.text.isEmpty)
  }

  @Test(
    "R6: in a log a silence is a line, and a slow server's are one a minute",
    arguments: [PacingWait.Reason.connection, .answer])
  func noted(reason: PacingWait.Reason) {
    let stage = Stage()
    let sink = stage.display(.auto, isTerminal: false)
    for second in stride(from: 0, to: 130, by: 5) {
      sink.receive(Self.wait(reason, 7, from: 1000 + second))
      sink.receive(nil)
      stage.advance(by: .seconds(5))
    }
    let lines = stage.text.split(separator: "\n")
    #expect(
      lines.count == 3 && lines.allSatisfy { $0.hasPrefix("note: ") && $0.hasSuffix("waiting 7 s more") }, "\(lines)")
  }

  @Test("R6: nothing is told where nothing is to be", arguments: [ProgressSink.Form.none])
  func none(form: ProgressSink.Form) {
    for isTerminal in [true, false] {
      let stage = Stage()
      stage.display(form, isTerminal: isTerminal).receive(Self.wait(.answer, 30))
      #expect(stage.text.isEmpty)
    }
  }
}
