import Foundation
import WhDomain
import WhFiles

/// The file of a transcript, for its owner alone from the moment it is made or opened, and locked while it is written.
package final class SystemRecordedFile: Sendable {
  /// What it held when it was opened.
  package let start: [UInt8]
  private let descriptor: Int32

  /// - Throws: `FileProblem` when it can't be made or written, is not a regular file, or another session is recording to it.
  package init(_ path: String) throws(FileProblem) {
    // Without blocking, since a pipe by this name would wait for its other end.
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { throw .last }
    do throws(FileProblem) {
      guard try FileInformation(of: descriptor).isRegular else { throw .notRegular }
      try FileWriter.keepPrivate(descriptor)
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        throw errno == EWOULDBLOCK ? FileProblem("another session is recording to it") : .last
      }
      start = try FileReader.read(from: descriptor)
    } catch {
      Foundation.close(descriptor)
      throw error
    }
    self.descriptor = descriptor
  }

  /// All that it holds now.
  package func read() throws(FileProblem) -> [UInt8] {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .last }
    return try FileReader.read(from: descriptor)
  }

  /// Puts bytes at an offset, and cuts off what follows them.
  package func write(_ bytes: [UInt8], at offset: Int) throws(FileProblem) {
    let error = Descriptor.write(bytes, to: descriptor, at: offset)
    guard error == 0 else { throw .system(error) }
    guard ftruncate(descriptor, off_t(offset + bytes.count)) == 0 else { throw .last }
  }

  package func close() { Foundation.close(descriptor) }
}
