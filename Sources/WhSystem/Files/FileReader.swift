import Foundation
import WhDomain

/// Reads files whole, with the system's own words for what goes wrong.
package enum FileReader {
  /// The largest file that is read, in bytes.
  private static let largest = 256 << 20

  /// Reads a regular file. A pipe or a device by a file's name may never end, or keep waiting for its other end; only a
  /// descriptor that the process was given, as `/dev/stdin`, may be one.
  ///
  /// - Throws: `FileProblem`.
  package static func read(_ path: String) throws(FileProblem) -> [UInt8] {
    if path == "/dev/stdin" { return try readStandardInput() }
    let isGiven = ["/dev/fd/", "/proc/self/fd/"].contains { path.hasPrefix($0) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (isGiven ? 0 : O_NONBLOCK))
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    let information = try FileInformation(of: descriptor)
    guard !information.isFolder else { throw .system(EISDIR) }
    guard information.isRegular || isGiven else { throw .notRegular }
    return try read(from: descriptor, expecting: information.isRegular ? information.size : 0)
  }

  /// Reads a file that says what is to be done: not one that every user can change.
  ///
  /// - Throws: `FileProblem`.
  package static func readTrusted(_ path: String) throws(FileProblem) -> [UInt8] {
    if let writable = [path, FilePath.folder(of: path)].first(where: { FileInformation($0)?.isWritableByAll ?? false })
    {
      throw .writableByAll(writable)
    }
    return try read(path)
  }

  /// - Throws: `FileProblem`.
  package static func readStandardInput() throws(FileProblem) -> [UInt8] {
    try read(from: STDIN_FILENO)
  }

  /// Reads as many bytes as one call gives, of as many as there should be.
  private static func readAtOnce(_ size: Int, from descriptor: Int32) throws(FileProblem) -> [UInt8] {
    if size == 0 { return [] }
    var problem: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { room, count in
      let result = Foundation.read(descriptor, room.baseAddress, size)
      if result < 0, errno != EINTR { problem = errno }
      count = max(0, result)
    }
    guard problem == 0 else { throw .system(problem) }
    return bytes
  }

  /// - Parameter size: how many bytes there are, as far as it is known, so that room is made for them once.
  static func read(from descriptor: Int32, expecting size: Int = 0) throws(FileProblem) -> [UInt8] {
    var bytes = try readAtOnce(min(size, largest), from: descriptor)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw .last
      }
      bytes += chunk[..<count]
      guard bytes.count <= largest else { throw FileProblem("it is larger than \(largest >> 20) MiB") }
    }
  }
}

extension FileProblem {
  /// A pipe, a socket or a device by a file's name.
  package static let notRegular = FileProblem("it is not a regular file")

  static func writableByAll(_ path: String) -> FileProblem {
    FileProblem("\(path) is writable by other users: run `chmod go-w` on it")
  }

  /// The last error of the system's.
  static var last: FileProblem { FileProblem(SystemError.last.reason) }

  static func system(_ number: Int32) -> FileProblem { FileProblem(SystemError(number: number).reason) }
}
