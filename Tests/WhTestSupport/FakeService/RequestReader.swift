import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads the requests of one connection.
struct RequestReader {
  private let connection: Int32
  private var buffer: [UInt8] = []
  private var piece = [UInt8](repeating: 0, count: 1 << 16)

  init(_ connection: Int32) {
    self.connection = connection
  }

  /// The next request; nil when the client is done, or sends no HTTP.
  mutating func next() -> RecordedRequest? {
    while true {
      if let end = headEnd() {
        let head = buffer[..<end].split(separator: 10).map { $0.last == 13 ? $0.dropLast() : $0 }
        buffer.removeFirst(end)
        return read(head)
      }
      guard fill() else { return nil }
    }
  }

  private mutating func read(_ head: [ArraySlice<UInt8>]) -> RecordedRequest? {
    guard let words = head.first?.split(separator: 32), words.count == 3 else { return nil }
    let fields = head.dropFirst().filter { !$0.isEmpty }.map { line in
      let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
      return (name: Self.text(line[..<colon]), value: Self.text(line[colon...].dropFirst().drop { $0 == 32 }))
    }
    var request = RecordedRequest(method: Self.text(words[0]), target: Self.text(words[1]), fields: fields, body: [])
    let length = request["Content-Length"].flatMap { Int($0) } ?? 0
    while buffer.count < length {
      guard fill() else { return nil }
    }
    request.body = Array(buffer[..<length])
    buffer.removeFirst(length)
    return request
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The place after the empty line that ends a head.
  private func headEnd() -> Int? {
    guard buffer.count >= 4 else { return nil }
    return (4...buffer.count).first { end in
      buffer[end - 1] == 10 && buffer[end - 2] == 13 && buffer[end - 3] == 10 && buffer[end - 4] == 13
    }
  }

  private mutating func fill() -> Bool {
    while true {
      let count = recv(connection, &piece, piece.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      buffer += piece[..<count]
      return true
    }
  }
}
