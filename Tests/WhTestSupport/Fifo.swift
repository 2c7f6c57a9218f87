import Foundation

/// A named pipe, by which a command tells a test how far it has come.
package struct Fifo: Sendable {
  package let path: String

  package init(_ path: String) throws {
    self.path = path
    guard mkfifo(path, 0o600) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }

  /// Waits until a command has written to it, and has closed it.
  package func read() async -> String {
    await withCheckedContinuation { continuation in
      Thread { [path] in
        let handle = FileHandle(fileDescriptor: open(path, O_RDONLY), closeOnDealloc: true)
        let bytes = (try? handle.readToEnd()) ?? Data()
        continuation.resume(returning: String(decoding: bytes, as: UTF8.self))
      }.start()
    }
  }
}
