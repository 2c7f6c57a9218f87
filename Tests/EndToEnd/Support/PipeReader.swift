import Foundation
import Synchronization

/// Takes all that comes through a pipe, on a thread of its own.
final class PipeReader: Sendable {
  /// What was waited for never came.
  struct NotSeen: Error, CustomStringConvertible {
    let text: String
    let output: String
    var description: String { "`\(text)` was not written; this was: \(output)" }
  }

  private struct State {
    var bytes: [UInt8] = []
    var isOver = false
    var waiters: [(text: [UInt8], continuation: CheckedContinuation<String, any Error>)] = []
  }

  let all = Later<[UInt8]>()
  private let pipe: Pipe
  private let state = Mutex(State())

  init(_ pipe: Pipe) { self.pipe = pipe }

  /// Begins to read; to be called once the child has the other end.
  func start() {
    Thread.detachNewThread { [self] in
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = read(pipe.fileHandleForReading.fileDescriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        take(buffer[..<count])
      }
      finish()
    }
  }

  private func take(_ piece: ArraySlice<UInt8>) {
    state.withLock { state in
      state.bytes += piece
      let text = String(decoding: state.bytes, as: UTF8.self)
      state.waiters.removeAll { waiter in
        guard state.bytes.contains(waiter.text) else { return false }
        waiter.continuation.resume(returning: text)
        return true
      }
    }
  }

  private func finish() {
    let bytes = state.withLock { state in
      state.isOver = true
      let text = String(decoding: state.bytes, as: UTF8.self)
      for waiter in state.waiters {
        waiter.continuation.resume(
          throwing: NotSeen(text: String(decoding: waiter.text, as: UTF8.self), output: text))
      }
      state.waiters = []
      return state.bytes
    }
    all.set(bytes)
  }

  func wait(for text: String) async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      state.withLock { state in
        let seen = String(decoding: state.bytes, as: UTF8.self)
        if state.bytes.contains(Array(text.utf8)) {
          continuation.resume(returning: seen)
        } else if state.isOver {
          continuation.resume(throwing: NotSeen(text: text, output: seen))
        } else {
          state.waiters.append((Array(text.utf8), continuation))
        }
      }
    }
  }
}
