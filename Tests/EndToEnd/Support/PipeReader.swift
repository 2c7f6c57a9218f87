import Foundation
import WhTestSupport

/// Takes all that comes through a pipe, on a thread of its own.
final class PipeReader: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var isOver = false

    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  private let pipe: Pipe
  private let state = Watched(State(), isFinal: \.isOver) { "what was written: \($0.text)" }

  init(_ pipe: Pipe) { self.pipe = pipe }

  /// What came so far.
  var text: String { state.now.text }

  /// Begins to read; to be called once the child has the other end.
  func start() {
    Thread.detachNewThread { [pipe, state] in
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = read(pipe.fileHandleForReading.fileDescriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        state.change { $0.bytes += buffer[..<count] }
      }
      state.change { $0.isOver = true }
    }
  }

  /// Waits for a text, and returns the output so far.
  func wait(for text: String, within patience: Duration) async throws -> String {
    let bytes = Array(text.utf8)
    return try await state.wait(for: "`\(text)`", within: patience) { $0.bytes.contains(bytes) }.text
  }

  /// Waits for the end, and gives all.
  func all(within patience: Duration) async throws -> [UInt8] {
    try await state.wait(for: "the end of the output", within: patience, until: \.isOver).bytes
  }
}
