/// The answer to one request as libcurl hands it out, within limits.
struct CurlAnswer {
  private(set) var fields: [HTTPField] = []
  private(set) var body: [UInt8] = []
  /// What of it was more than is taken; nil while all is well.
  private(set) var excess: TransportError.Kind?
  private let maximumBodyBytes: Int
  private var fieldBytes = 0
  /// True when a byte has come since it was last asked.
  private var isTalking = false

  /// More than any honest answer has.
  private static let maximumFieldBytes = 256 << 10

  init(maximumBodyBytes: Int) {
    self.maximumBodyBytes = maximumBodyBytes
  }

  var hasBegun: Bool { fieldBytes > 0 }

  /// True when a byte has come since the last call.
  mutating func hasTalked() -> Bool {
    defer { isTalking = false }
    return isTalking
  }

  /// Takes one line of the header section; false ends the transfer.
  mutating func take(field line: UnsafeRawBufferPointer) -> Bool {
    isTalking = true
    fieldBytes += line.count
    if fieldBytes > Self.maximumFieldBytes {
      excess = .tooLarge("the response header", limit: Self.maximumFieldBytes)
      return false
    }
    if line.starts(with: "HTTP/".utf8) {
      // A new status line: what came before it was an interim answer.
      fields = []
    } else if let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 {
      let name = String(decoding: line[..<colon], as: UTF8.self)
      let value = String(decoding: line[(colon + 1)...].filter { $0 != 13 && $0 != 10 }, as: UTF8.self)
      fields.append(HTTPField(name, value.trimmingSpaces))
    }
    return true
  }

  /// Takes a piece of the body, decoded already; false ends the transfer.
  mutating func take(body piece: UnsafeRawBufferPointer) -> Bool {
    isTalking = true
    if piece.count > maximumBodyBytes - body.count {
      excess = .tooLarge("the response", limit: maximumBodyBytes)
      return false
    }
    body.append(contentsOf: piece)
    return true
  }
}
