import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads the requests of one connection.
struct RequestReader {
  private let client: Int32
  private var buffer: [UInt8] = []
  private var piece = [UInt8](repeating: 0, count: 1 << 14)

  init(_ client: Int32) {
    self.client = client
  }

  /// The next request; nil when the client is done, or sends no HTTP.
  mutating func next() -> CountingService.Request? {
    while true {
      if let end = headEnd() {
        let head = String(decoding: buffer[..<end], as: UTF8.self).split(separator: "\r\n")
        buffer.removeFirst(end)
        return read(head)
      }
      guard fill() else { return nil }
    }
  }

  private mutating func read(_ head: [Substring]) -> CountingService.Request? {
    guard let words = head.first?.split(separator: " "), words.count == 3 else { return nil }
    var length = 0
    var key = ""
    for line in head.dropFirst() {
      let lowered = line.prefix(24).lowercased()
      if lowered.hasPrefix("content-length:") { length = Int(line.dropFirst(15).filter(\.isNumber)) ?? 0 }
      if lowered.hasPrefix("authorization: bearer ") { key = String(line.dropFirst(22)) }
    }
    while buffer.count < length {
      guard fill() else { return nil }
    }
    defer { buffer.removeFirst(length) }
    return CountingService.Request(
      method: String(words[0]), path: String(words[1]), key: key, body: Array(buffer[..<length]))
  }

  /// The place after the empty line that ends a head.
  private func headEnd() -> Int? {
    guard buffer.count >= 4 else { return nil }
    return (4...buffer.count).first { end in
      buffer[end - 1] == 10 && buffer[end - 2] == 13 && buffer[end - 3] == 10 && buffer[end - 4] == 13
    }
  }

  private mutating func fill() -> Bool {
    let count = recv(client, &piece, piece.count, 0)
    guard count > 0 else { return false }
    buffer += piece[..<count]
    return true
  }
}
