import CTestSupport
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program on a pseudo-terminal of its own, as a person would have it before them.
///
/// A thread reads what it writes and keeps the `screen`; tests send keys and wait for what they should then see. No
/// wait is a pause: each is for a condition and has a deadline, past which it throws with what is on the screen.
package final class PseudoTerminal: Sendable {
  /// What is known at one moment.
  package struct Snapshot: Sendable {
    package var screen: Screen
    /// Every byte so far.
    package var output: [UInt8] = []
    /// How the program ended, if it has, and all that it wrote is here.
    package var exit: ExitStatus?

    /// What a failure says of it.
    var description: String {
      """
      \(exit.map { "the program has ended (\($0)), " } ?? "")the cursor is at \(screen.cursor) of the screen:
      \(screen.transcript.map { "  | \($0)" }.joined(separator: "\n"))
      the last bytes: \(String(decoding: output.suffix(200), as: UTF8.self).debugDescription)
      """
    }
  }

  /// The process, which leads its own session.
  package var process: Int32 { link.process }
  private let link: PseudoTerminalLink

  /// How long a wait lasts unless it says otherwise; far more than a loaded machine needs.
  package static let patience = Duration.seconds(20)

  /// Starts a program. It gets `environment` alone, on top of `PATH`, `TERM=xterm-256color`, a UTF-8 locale, and what
  /// keeps a crash from waiting for a key; an empty value removes one of these.
  package init(
    _ path: String,
    _ arguments: [String] = [],
    environment: [String: String] = [:],
    folder: String? = nil,
    rows: Int = 24,
    columns: Int = 80
  ) throws {
    var variables = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "TERM": "xterm-256color",
      "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
    ]
    variables.merge(environment) { _, new in new }
    let assignments = variables.filter { !$0.value.isEmpty }.map { "\($0.key)=\($0.value)" }
    var master: Int32 = -1
    let process = withCStrings([path] + arguments) { arguments in
      withCStrings(assignments) { assignments in
        cts_spawn(path, arguments, assignments, folder, Int32(rows), Int32(columns), &master)
      }
    }
    guard process > 0 else { throw PseudoTerminalError(path: path, errno: errno) }
    link = PseudoTerminalLink(process: process, master: master, screen: Screen(rows: rows, columns: columns))
    Thread.detachNewThread { [link] in link.follow() }
  }

  deinit { end() }

  // MARK: - What a person does

  /// Types keys.
  package func send(_ keys: String) { send(bytes: Array(keys.utf8)) }

  /// Types bytes, which need be no UTF-8.
  package func send(bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(link.master, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Changes the window's size.
  package func resize(rows: Int, columns: Int) {
    link.resize(rows: rows, columns: columns)
  }

  /// Sends a signal to the program.
  package func signal(_ number: Int32) { kill(process, number) }

  // MARK: - What a person sees

  package var screen: Screen { link.known.now.screen }
  package var output: [UInt8] { link.known.now.output }

  /// Whether the terminal is in the mode in which a shell wants it back.
  package var isCooked: Bool { cts_is_cooked(link.master) != 0 }

  /// The foreground process group.
  package var foregroundGroup: Int32 { cts_foreground_group(link.master) }

  /// Waits until the screen satisfies a condition.
  @discardableResult
  package func wait(
    _ description: String, within patience: Duration = patience, until condition: @escaping @Sendable (Screen) -> Bool
  ) async throws -> Screen {
    try await waitForSnapshot(description, within: patience) { condition($0.screen) }.screen
  }

  /// Waits until a text is on the screen.
  @discardableResult
  package func wait(for text: String, within patience: Duration = patience) async throws -> Screen {
    try await wait("the text `\(text)`", within: patience) { $0.text.contains(text) }
  }

  /// Waits until the cursor's row reads like that, spaces at its end apart.
  @discardableResult
  package func wait(forCurrentLine text: String, within patience: Duration = patience) async throws -> Screen {
    try await wait("the current line `\(text)`", within: patience) { $0.currentLine == text }
  }

  /// Waits until the program has written more than this number of bytes since it started and the screen satisfies a condition.
  package func waitForOutput(
    past count: Int, within patience: Duration = patience, until condition: @escaping @Sendable (Screen) -> Bool
  ) async throws {
    try await waitForSnapshot("the screen to be as expected after more output", within: patience) {
      $0.output.count > count && condition($0.screen)
    }
  }

  /// Waits until the program has ended and all it wrote is on the screen.
  package func waitForExit(within patience: Duration = patience) async throws -> ExitStatus {
    let snapshot = try await waitForSnapshot("the program to end", within: patience) { $0.exit != nil }
    guard let exit = snapshot.exit else { throw CancellationError() }
    return exit
  }

  /// Waits until what is known satisfies a condition.
  @discardableResult
  package func waitForSnapshot(
    _ description: String, within patience: Duration = patience,
    until condition: @escaping @Sendable (Snapshot) -> Bool
  ) async throws -> Snapshot {
    try await link.known.wait(for: description, within: patience, until: condition)
  }

  /// Ends the program if it still runs. It is also ended when the test releases the terminal.
  package func end() {
    guard link.known.now.exit == nil else { return }
    kill(process, SIGKILL)
  }
}
