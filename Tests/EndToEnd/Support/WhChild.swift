import CTestSupport
import Foundation
import Synchronization
import WhTestSupport

/// The built `wh` while it runs. It is killed when the test lets go of it.
final class WhChild: Sendable {
  let processID: Int32
  /// Its folders, which must be there for as long as it runs.
  private let home: Home
  private let arguments: [String]
  private let patience: Double
  private let output: PipeReader
  private let error: PipeReader
  private let exit = Later<Int32>()

  /// It is started without Foundation's `Process`, whose look at the open files now and then reads past a buffer's end.
  ///
  /// - Parameters:
  ///   - input: it must fit a pipe, which is filled before the child starts.
  ///   - patience: how many seconds are waited for it.
  init(
    _ home: Home, _ arguments: [String], executable: String = BuiltProducts.path(of: "wh"),
    environment: [String: String] = [:], input: String = "", patience: Double = 60
  ) throws {
    let variables = home.environment.merging(environment) { _, new in new }.filter { !$0.value.isEmpty }
    let (input, output, error) = (Self.pipe(holding: input), Pipe(), Pipe())
    let streams = [input.fileHandleForReading, output.fileHandleForWriting, error.fileHandleForWriting]
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
    self.output = PipeReader(output)
    self.error = PipeReader(error)
    for stream in streams { try stream.close() }
    self.output.start()
    self.error.start()
    Thread.detachNewThread { [processID, exit] in
      var status: Int32 = 0
      while waitpid(processID, &status, 0) < 0, errno == EINTR {}
      let signal = status & 0x7F
      exit.set(signal == 0 ? status >> 8 & 0xFF : 128 + signal)
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
    if !exit.isSet { kill(processID, number) }
  }

  /// Waits for a text on standard output, and gives what is there by then.
  func waitForOutput(_ text: String) async throws -> String {
    let watchdog = watchdog()
    defer { watchdog.cancel() }
    return try await output.wait(for: text)
  }

  /// Waits for its end.
  func finished() async throws -> WhRun {
    let watchdog = watchdog()
    defer { watchdog.cancel() }
    let status = await exit.value
    return WhRun(
      arguments: arguments, exit: status, outputBytes: await output.all.value, errorBytes: await error.all.value)
  }

  /// Kills a child that hangs, so that whoever waits for it fails.
  private func watchdog() -> DispatchWorkItem {
    let watchdog = DispatchWorkItem { [processID, exit] in
      if !exit.isSet { kill(processID, SIGKILL) }
    }
    DispatchQueue.global().asyncAfter(deadline: .now() + patience, execute: watchdog)
    return watchdog
  }
}

/// A value that comes once, for those who wait for it.
final class Later<Value: Sendable>: Sendable {
  private enum State {
    case waiting([CheckedContinuation<Value, Never>])
    case here(Value)
  }

  private let state = Mutex(State.waiting([]))

  var isSet: Bool {
    state.withLock { if case .here = $0 { true } else { false } }
  }

  func set(_ value: Value) {
    state.withLock { state in
      if case .waiting(let waiters) = state { waiters.forEach { $0.resume(returning: value) } }
      state = .here(value)
    }
  }

  var value: Value {
    get async {
      await withCheckedContinuation { continuation in
        state.withLock { state in
          switch state {
          case .here(let value): continuation.resume(returning: value)
          case .waiting(let waiters): state = .waiting(waiters + [continuation])
          }
        }
      }
    }
  }
}
