import Foundation
import WhDomain

/// Reads files whole, with the system's own words for what goes wrong.
package enum FileReader {
  /// The largest script that is read, in bytes.
  private static let largest = 256 << 20

  /// - Throws: `FileProblem`.
  package static func read(_ path: String) throws(FileProblem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    return try read(from: descriptor)
  }

  /// - Throws: `FileProblem`.
  package static func readStandardInput() throws(FileProblem) -> [UInt8] {
    try read(from: STDIN_FILENO)
  }

  static func read(from descriptor: Int32) throws(FileProblem) -> [UInt8] {
    var bytes: [UInt8] = []
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
  /// The last error of the system's.
  static var last: FileProblem { FileProblem(String(cString: strerror(errno))) }

  static func system(_ number: Int32) -> FileProblem { FileProblem(String(cString: strerror(number))) }
}
