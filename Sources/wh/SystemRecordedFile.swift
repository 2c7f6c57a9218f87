import Foundation
import WhSession
import WhShell

/// The file of a transcript, for its owner alone from the moment it is made, and locked while it is written.
final class SystemRecordedFile: RecordedFile {
  let start: [UInt8]
  private let descriptor: Int32

  /// - Throws: `FileProblem` when it can't be made or written, is no ordinary file, or another session records in it.
  init(_ path: String) throws(FileProblem) {
    // Without blocking, since a pipe by this name would wait for its other end.
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { throw SystemFiles.problem() }
    do throws(FileProblem) {
      var information = stat()
      guard fstat(descriptor, &information) == 0 else { throw SystemFiles.problem() }
      guard information.st_mode & S_IFMT == S_IFREG else { throw FileProblem("it is no ordinary file") }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        throw errno == EWOULDBLOCK ? FileProblem("another session records in it") : SystemFiles.problem()
      }
      start = try SystemFiles.read(from: descriptor)
    } catch {
      Foundation.close(descriptor)
      throw error
    }
    self.descriptor = descriptor
  }

  func read() throws(FileProblem) -> [UInt8] {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw SystemFiles.problem() }
    return try SystemFiles.read(from: descriptor)
  }

  func write(_ bytes: [UInt8], at offset: Int) throws(FileProblem) {
    var (rest, place) = (bytes[...], offset)
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(place)) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SystemFiles.problem() }
      rest = rest.dropFirst(count)
      place += count
    }
    guard ftruncate(descriptor, off_t(place)) == 0 else { throw SystemFiles.problem() }
  }

  func close() { Foundation.close(descriptor) }
}
