import Foundation

/// The one loop that writes all of some bytes.
package enum Descriptor {
  /// Writes to a descriptor, and waits while it accepts no more.
  ///
  /// - Parameter offset: the place in a file; nil for the end of what was written before.
  /// - Returns: 0, or the system's error.
  package static func write(_ bytes: [UInt8], to descriptor: Int32, at offset: Int? = nil) -> Int32 {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { rest in
        offset.map { pwrite(descriptor, rest.baseAddress, rest.count, off_t($0 + done)) }
          ?? Foundation.write(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&poller, 1, -1)
        continue
      }
      guard count > 0 else { return errno }
      done += count
    }
    return 0
  }
}
