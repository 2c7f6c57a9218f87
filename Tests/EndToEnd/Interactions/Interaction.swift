import Testing
import WhTestSupport

/// Keys at the prompt, and what a person then sees.
struct Interaction: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Lines that are entered before, each with its answer awaited.
  var before: [String]
  let keys: String
  /// What the screen ends with: lines, however many rows one takes. `‸` in one stands for the cursor, where it matters.
  let ends: [String]
  /// The same at 200 columns, where it is not as at 80.
  let endsWide: [String]?
  /// How often the bell has rung by then.
  let bells: Int
  /// True where the line is shown in colours, with hints.
  let isDecorated: Bool
  /// What else the process's environment holds.
  let environment: [String: String]

  init(
    _ name: String, before: [String] = [], _ keys: String, sees ends: [String], wide: [String]? = nil, bells: Int = 0,
    isDecorated: Bool = false, environment: [String: String] = [:]
  ) {
    self.environment = environment
    self.isDecorated = isDecorated
    testDescription = name
    self.before = before
    self.keys = keys
    self.ends = ends
    endsWide = wide
    self.bells = bells
  }

  func expected(columns: Int) -> [String] { columns == 80 ? ends : endsWide ?? ends }

  func isSeen(on screen: Screen) -> Bool {
    let expected = expected(columns: screen.columnCount)
    let marksCursor = expected.contains { $0.contains("‸") }
    let lines = marksCursor ? screen.linesWithCursor("‸") : screen.unwrappedLines
    // The port of the sandbox is different each time.
    let seen = lines.suffix(expected.count).map { $0.replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:PORT") }
    return screen.bells == bells && seen == expected
  }
}
