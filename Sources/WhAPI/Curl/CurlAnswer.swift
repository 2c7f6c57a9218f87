/// The answer to one request as libcurl hands it out, within limits.
struct CurlAnswer {
  private(set) var head = HeaderLines()
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
    // With a new status line begins another answer: what came before it was an interim one.
    if line.starts(with: "HTTP/".utf8) { head = HeaderLines() } else { head.append(line) }
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
