import Foundation
import Testing
import WhTestSupport

extension Probe {
  /// Starts it with a FIFO from which it prints above the prompt.
  static func startWithAbove(_ home: TemporaryFolder, columns: Int = 80) async throws -> Probe {
    guard mkfifo(home.path("above"), 0o600) == 0 else { throw POSIXError(.EIO) }
    return try await start(["--above", home.path("above")], home: home, columns: columns)
  }

  /// Has it print that.
  func printAbove(_ text: String) throws {
    let handle = try FileHandle(forWritingTo: home.url("above"))
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  /// Ends the line with some keys and Enter, and expects it to have been `line`, however the answer wraps.
  func enterAndCheck(_ keys: String = "", is line: String) async throws {
    let marker = terminal.output.count
    terminal.send(keys + Keys.enter)
    // The keys may have left the line empty before Enter did.
    try await terminal.waitForSnapshot("an answer and a prompt") {
      $0.output.dropFirst(marker).contains("got: ".utf8) && $0.screen.currentLine == "probe>"
    }
    #expect(terminal.output[marker...].contains("got: \(line)\r\n".utf8))
  }

  func enterAndCheck(_ line: String) async throws { try await enterAndCheck(is: line) }
}
