import Foundation
import Testing
import WhTestSupport

@Suite("The tour")
struct TourTests {
  /// `scripts/tour` sets `WH_TOUR=record`, which records the screens again, and fails so that the difference is looked at.
  @Test("Its screens match the prompt at 80 columns")
  func screens() async throws {
    let isRecording = ProcessInfo.processInfo.environment["WH_TOUR"] == "record"
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../docs/tour.md")
    let tour = Tour(try String(contentsOf: url, encoding: .utf8))
    #expect(tour.steps.count >= 8)
    let home = try Home()
    let session = try await PromptSession(home, columns: 80)
    var screens: [[String]] = []
    for step in tour.steps {
      let start = step.keys.isEmpty ? 0 : session.terminal.screen.transcriptCount - 1
      session.terminal.send(step.typed)
      do {
        try await session.terminal.wait("\(step.screen)", within: isRecording ? .seconds(2) : PseudoTerminal.patience) {
          // What is typed next is to stand after the prompt.
          let isReady = !step.typed.hasSuffix(Keys.enter) || $0.currentLine.hasSuffix(">")
          return isReady && Tour.Step.seen($0, from: start) == step.screen
        }
      } catch  where isRecording {
        // It has changed, so the current screen is taken.
      }
      screens.append(Tour.Step.seen(session.terminal.screen, from: start))
    }
    if isRecording {
      try tour.page(with: screens).write(to: url, atomically: true, encoding: .utf8)
      Issue.record("docs/tour.md was recorded again: look at the difference")
    }
  }
}
