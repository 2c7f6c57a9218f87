import Foundation
import Synchronization

/// Calls a function for each of some signals, on a thread of its own, from when it is made until it is released. After
/// that they do nothing.
///
/// Not a Dispatch source: on Linux that hands a signal from one thread to another until a descriptor reports it,
/// and sometimes reports it only when the next one comes.
package final class SignalListener {
  private static let listening = Mutex<(@Sendable (Int32) -> Void)?>(nil)
  /// The handler's end of a pipe that a thread reads; -1 where there is none.
  private static let pipe = startThread()

  /// One listens at a time, in a process.
  package init(_ signals: [Int32], _ handler: @escaping @Sendable (_ signal: Int32) -> Void) {
    Self.listening.withLock { $0 = handler }
    guard Self.pipe >= 0 else { return }
    for number in signals where number == SIGINT || !Self.isIgnored(number) {
      signal(number) { number in
        let error = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(SignalListener.pipe, &byte, 1)
        errno = error
      }
    }
  }

  /// A program that is started with a signal ignored, as by `nohup`, is meant to ignore it. Ctrl-C has its meaning all the
  /// same.
  private static func isIgnored(_ number: Int32) -> Bool {
    let handler = signal(number, SIG_IGN)
    signal(number, handler)
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  deinit {
    Self.listening.withLock { $0 = nil }
  }

  private static func startThread() -> Int32 {
    var ends: [Int32] = [-1, -1]
    guard Foundation.pipe(&ends) == 0 else { return -1 }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // The handler must not wait: a full pipe holds enough signals.
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    Thread.detachNewThread { [source = ends[0]] in
      var byte: UInt8 = 0
      while true {
        let count = read(source, &byte, 1)
        if count < 0, errno == EINTR { continue }
        guard count == 1 else { return }
        listening.withLock { $0 }?(Int32(byte))
      }
    }
    return ends[1]
  }
}
