import Foundation
import Testing
import WhTestSupport

/// The built `wh` at a terminal, before a person.
struct PromptSession {
  let terminal: PseudoTerminal

  /// Starts it, by default with the sandbox, and waits for its prompt.
  init(
    _ home: Home, _ arguments: [String] = ["--sandbox"], environment: [String: String] = [:],
    prompt: String = "sandbox>", columns: Int = 120
  ) async throws {
    terminal = try PseudoTerminal(
      BuiltProducts.path(of: "wh"), arguments,
      // Hints would be text on the screen; tests of them ask for colours.
      environment: home.environment.merging(["NO_COLOR": "1"]) { $1 }.merging(environment) { $1 },
      folder: home.work, rows: 40, columns: columns)
    try await terminal.wait(forCurrentLine: prompt)
  }

  /// Types something, and waits until the cursor's row reads so.
  func type(_ keys: String, until line: String) async throws {
    terminal.send(keys)
    try await terminal.wait(forCurrentLine: line)
  }

  /// Sends the line as it stands, waits for the next prompt, and gives what was printed between.
  @discardableResult
  func enter(_ keys: String = "", until prompt: String) async throws -> [String] {
    let count = terminal.output.count
    terminal.send(keys)
    try await terminal.waitForOutput(past: keys.isEmpty ? count - 1 : count) { !$0.currentLine.isEmpty }
    let before = terminal.screen.transcript.count
    terminal.send(Keys.enter)
    let screen = try await terminal.wait("the prompt `\(prompt)` in a later row") {
      $0.currentLine == prompt && $0.transcript.count > before
    }
    return Array(screen.transcript[before...].dropLast())
  }

  /// Sends a line, and waits for the prompt that follows its answer, whatever it is, or for a question.
  func answer(_ line: String) async throws {
    let before = terminal.screen.transcriptCount
    terminal.send(line + Keys.enter)
    try await terminal.wait("a prompt after `\(line)`") {
      $0.transcriptCount > before && ($0.currentLine.hasSuffix(">") || $0.currentLine.hasSuffix("[y/N]"))
    }
  }
}
