import Foundation
import WhFiles

/// Both ends of a pipe, which are to be closed by those who made it.
struct PipeEnds {
  let source: Int32
  let sink: Int32

  /// - Throws: `SystemError` where the process has no descriptors left.
  init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .last }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (source, sink) = (ends[0], ends[1])
  }
}

/// A pipe within the process: what is written at one end can be waited for at the other, together with other descriptors.
final class EventPipe: Sendable {
  private let ends: PipeEnds

  /// - Throws: `SystemError` where the process has no descriptors left.
  init() throws(SystemError) {
    ends = try PipeEnds()
    _ = fcntl(ends.source, F_SETFL, O_NONBLOCK)
  }

  deinit {
    close(ends.source)
    close(ends.sink)
  }

  /// Where it is waited for.
  var source: Int32 { ends.source }

  func tell(_ event: UInt8) {
    _ = Descriptor.write([event], to: ends.sink)
  }

  /// What can be read at once, up to a count of bytes.
  ///
  /// - Returns: the bytes, and false once the other end is closed.
  static func read(_ descriptor: Int32, atMost count: Int) -> (bytes: [UInt8], isOpen: Bool) {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while bytes.count < count {
      let got = Foundation.read(descriptor, &chunk, min(chunk.count, count - bytes.count))
      if got == 0 { return (bytes, false) }
      if got < 0 {
        if errno == EINTR { continue }
        return (bytes, errno == EAGAIN)
      }
      bytes += chunk[..<got]
    }
    return (bytes, true)
  }
}
