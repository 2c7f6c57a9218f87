import Foundation
import WhTestSupport

/// The probe on a pseudo-terminal, with a home folder of its own.
struct Probe {
  let terminal: PseudoTerminal
  let home: TemporaryFolder

  /// Starts it and waits for its prompt.
  static func start(
    _ arguments: [String] = [],
    environment: [String: String] = [:],
    editrc: String? = nil,
    home: TemporaryFolder? = nil,
    rows: Int = 24,
    columns: Int = 80,
    prompt: String = "probe>"
  ) async throws -> Probe {
    let home = try home ?? TemporaryFolder()
    if let editrc { try editrc.write(to: home.url(".editrc"), atomically: true, encoding: .utf8) }
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "line-reader-probe"), arguments,
      environment: environment.merging(["HOME": home.path]) { own, _ in own }, rows: rows, columns: columns)
    try await terminal.wait(forCurrentLine: prompt)
    return Probe(terminal: terminal, home: home)
  }

  /// Types a line, waits for its echo, and for the next prompt.
  func enter(_ line: String, expecting got: String? = nil) async throws {
    terminal.send(line + Keys.enter)
    // A screen does not show spaces at a row's end.
    let expected = (got ?? line).isEmpty ? "got:" : "got: \(got ?? line)"
    try await terminal.wait("`\(expected)` and a prompt") { screen in
      screen.currentLine == "probe>" && screen.lines.dropLast().last == expected
    }
  }

  /// Ends it with Ctrl-D.
  func finish() async throws -> ExitStatus {
    terminal.send(Keys.control("d"))
    return try await terminal.waitForExit()
  }
}
