import FlyingSocks
import Foundation

/// A body that gives some bytes and then fails, upon which FlyingFox closes the connection.
struct CutOffBody: AsyncBufferedSequence {
  typealias Element = UInt8

  let bytes: Data

  func makeAsyncIterator() -> Iterator {
    Iterator(rest: bytes)
  }

  struct Iterator: AsyncBufferedIteratorProtocol {
    typealias Element = UInt8

    var rest: Data?

    mutating func next() async throws -> UInt8? {
      guard let byte = rest?.popFirst() else { throw CancellationError() }
      return byte
    }

    mutating func nextBuffer(suggested count: Int) async throws -> Data? {
      guard let all = rest, !all.isEmpty else { throw CancellationError() }
      rest = nil
      return all
    }
  }
}
