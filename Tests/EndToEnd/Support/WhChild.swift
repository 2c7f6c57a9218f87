import Foundation
import Synchronization
import WhTestSupport

/// The built `wh` while it runs. It is killed when the test lets go of it.
final class WhChild: Sendable {
  private let process: Process
  private let arguments: [String]
  private let patience: Double
  private let output: PipeReader
  private let error: PipeReader
  private let exit = Later<Int32>()

  /// - Parameters:
  ///   - input: it must fit a pipe, which is filled before the child starts.
  ///   - patience: how many seconds are waited for it.
  init(
    _ home: Home, _ arguments: [String], executable: String = BuiltProducts.path(of: "wh"),
    environment: [String: String] = [:], input: String = "", patience: Double = 60
  ) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: home.work)
    process.environment = home.environment.merging(environment) { _, new in new }.filter { !$0.value.isEmpty }
    let (input, output, error) = (Self.pipe(holding: input), Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = error
    process.terminationHandler = { [exit] process in
      exit.set(process.terminationStatus + (process.terminationReason == .exit ? 0 : 128))
    }
    self.arguments = arguments
    self.patience = patience
    self.process = process
    self.output = PipeReader(output)
    self.error = PipeReader(error)
    try process.run()
    self.output.start()
    self.error.start()
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  private static func pipe(holding text: String) -> Pipe {
    let pipe = Pipe()
    pipe.fileHandleForWriting.write(Data(text.utf8))
    try? pipe.fileHandleForWriting.close()
    return pipe
  }

  var processID: Int32 { process.processIdentifier }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

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
    let id = process.processIdentifier
    let watchdog = DispatchWorkItem { [exit] in
      if !exit.isSet { kill(id, SIGKILL) }
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
