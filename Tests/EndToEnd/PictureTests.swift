import Foundation
import Testing
import WhTestSupport

@Suite("Pictures of the prompt")
struct PictureTests {
  private struct Scene: Sendable {
    let before: [String]
    let keys: String
    /// What the row of the cursor reads then.
    let line: String
  }

  private static let scenes = [
    "prompt-typing": Scene(
      before: ["use app my-app", "webhook where event MESSAGE_CREATED"], keys: "replace host old.example.com with ",
      line: "sandbox my-app/2 webhooks> replace host old.example.com with HOST"),
    "prompt-mistake": Scene(
      before: ["use app my-app", "webhook *", "let team = blue"],
      keys: #"add evnt MESSAGE_SENT; set header X-Team "${team}""#,
      line: #"sandbox my-app/3 webhooks> add evnt MESSAGE_SENT; set header X-Team "${team}""#),
    "prompt-menu": Scene(
      before: ["use app my-app"], keys: "re" + Keys.tab + Keys.tab + Keys.tab + Keys.tab,
      line: "sandbox my-app> remove"),
    "prompt-diff": Scene(
      before: [
        "use app my-app; webhook * limit 1", "replace host old.example.com with hooks.example.com",
        "add event MESSAGE_SENT", "diff",
      ],
      keys: "com", line: "sandbox my-app/a0eebc99 *1> com"),
  ]

  /// `scripts/tour` sets `WH_TOUR=record`, which takes the pictures again, and fails so that they are looked at.
  @Test("They show what the prompt shows now", arguments: scenes.keys.sorted())
  func pictures(name: String) async throws {
    let scene = try #require(Self.scenes[name])
    let session = try await PromptSession(Home(), environment: ["NO_COLOR": ""], columns: 80)
    for line in scene.before {
      // It is entered when it is painted.
      let start = session.terminal.screen.cursor
      session.terminal.send(line)
      try await session.terminal.wait("the colour of `\(line)`") {
        $0.style(row: start.row, column: start.column) == "1;34"
      }
      try await session.answer("")
    }
    let isRecording = ProcessInfo.processInfo.environment["WH_TOUR"] == "record"
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/images/\(name).svg")
    session.terminal.send(scene.keys)
    // The two rows of the greeting name a port.
    func picture(_ screen: Screen) -> String { ScreenPicture(screen, from: 2).svg }
    if isRecording {
      try await session.terminal.wait(forCurrentLine: scene.line)
      // What is drawn after the last key follows at once.
      _ = try? await session.terminal.wait("nothing more", within: .seconds(2)) { _ in false }
      try picture(session.terminal.screen).write(to: url, atomically: true, encoding: .utf8)
      Issue.record("\(name).svg was taken again: look at it")
    } else {
      let kept = try String(contentsOf: url, encoding: .utf8)
      try await session.terminal.wait("the picture \(name).svg") { ScreenPicture($0, from: 2).svg == kept }
    }
  }
}
