import CTestSupport
import Foundation
import WhTestSupport

/// The built `wh` while it runs. It is killed when the test releases it.
final class WhChild: Sendable {
  let processID: Int32
  /// Its folders, which must be there for as long as it runs.
  private let home: Home
  private let arguments: [String]
  private let patience: Duration
  private let output: PipeReader
  private let error: PipeReader
  private let exit: Watched<Int32?>

  /// It is started without Foundation's `Process`, whose look at the open files now and then reads past a buffer's end.
  ///
  /// - Parameters:
  ///   - input: it must fit a pipe, which is filled before the child starts.
  ///   - patience: how long is waited for anything of it.
  init(
    _ home: Home, _ arguments: [String], executable: String = BuiltProducts.path(of: "wh"),
    environment: [String: String] = [:], input: String = "", patience: Duration = .seconds(60)
  ) throws {
    let variables = home.environment.merging(environment) { _, new in new }.filter { !$0.value.isEmpty }
    let (input, outputPipe, errorPipe) = (Self.pipe(holding: input), Pipe(), Pipe())
    let streams = [input.fileHandleForReading, outputPipe.fileHandleForWriting, errorPipe.fileHandleForWriting]
    let descriptors = streams.map(\.fileDescriptor)
    processID = withCStrings([executable] + arguments) { arguments in
      withCStrings(variables.map { "\($0.key)=\($0.value)" }) { variables in
        cts_spawn_with_streams(executable, arguments, variables, home.work, descriptors)
      }
    }
    guard processID > 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EAGAIN) }
    self.home = home
    self.arguments = arguments
    self.patience = patience
    let (output, error) = (PipeReader(outputPipe), PipeReader(errorPipe))
    self.output = output
    self.error = error
    let describe: @Sendable (Int32?) -> String = { _ in
      "it still runs: wh \(arguments.joined(separator: " "))\n--- standard output\n\(output.text)"
        + "--- standard error\n\(error.text)"
    }
    exit = Watched(nil, describe: describe)
    for stream in streams { try stream.close() }
    output.start()
    error.start()
    Thread.detachNewThread { [processID, exit] in
      var status: Int32 = 0
      while waitpid(processID, &status, 0) < 0, errno == EINTR {}
      let signal = status & 0x7F
      exit.change { $0 = signal == 0 ? status >> 8 & 0xFF : 128 + signal }
    }
  }

  deinit { signal(SIGKILL) }

  private static func pipe(holding text: String) -> Pipe {
    let pipe = Pipe()
    pipe.fileHandleForWriting.write(Data(text.utf8))
    try? pipe.fileHandleForWriting.close()
    return pipe
  }

  func signal(_ number: Int32) {
    if exit.now == nil { kill(processID, number) }
  }

  /// Waits for a text on standard output, and returns the output so far.
  func waitForOutput(_ text: String) async throws -> String {
    try await output.wait(for: text, within: patience)
  }

  /// Waits for a text on standard error, and returns what was written there so far.
  @discardableResult
  func waitForError(_ text: String) async throws -> String {
    try await error.wait(for: text, within: patience)
  }

  /// Waits for its end. One that does not end is killed.
  func finished() async throws -> WhRun {
    do {
      let status = try await exit.wait(for: "its end", within: patience) { $0 != nil }
      return try await WhRun(
        arguments: arguments, exit: status ?? 0, outputBytes: output.all(within: patience),
        errorBytes: error.all(within: patience))
    } catch {
      signal(SIGKILL)
      throw error
    }
  }
}
