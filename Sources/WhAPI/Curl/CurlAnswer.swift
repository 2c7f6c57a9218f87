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
      fields.append(HTTPField(name, Self.value(UnsafeRawBufferPointer(rebasing: line[(colon + 1)...]))))
    }
    return true
  }

  /// The value of a field, without the white space around it and its line end. Of a folded line the line ends are left out.
  private static func value(_ text: UnsafeRawBufferPointer) -> String {
    var (start, end) = (0, text.count)
    while start < end, isBlank(text[start]) { start += 1 }
    while end > start, isBlank(text[end - 1]) { end -= 1 }
    let inner = text[start..<end]
    if !inner.contains(where: isLineEnd) { return String(decoding: inner, as: UTF8.self) }
    return String(decoding: inner.filter { !isLineEnd($0) }, as: UTF8.self).trimmingSpaces
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 13 || byte == 10 }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || isLineEnd(byte) }

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
