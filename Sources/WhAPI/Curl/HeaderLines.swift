/// The header section of an answer as it came, which the task that waits for the answer reads: the one thread of libcurl has
/// more to do.
struct HeaderLines: Sendable {
  private var bytes: [UInt8] = []
  /// Where each line ends.
  private var ends: [Int] = []

  /// Takes a line with its line end. One that begins with a blank goes on with the field of the line before (RFC 9112, section
  /// 5.2), which some versions of libcurl hand out as one line and some as two.
  mutating func append(_ line: UnsafeRawBufferPointer) {
    if bytes.isEmpty {
      bytes.reserveCapacity(512)
      ends.reserveCapacity(16)
    } else if let first = line.first, first == 32 || first == 9 {
      ends.removeLast()
    }
    bytes.append(contentsOf: line)
    ends.append(bytes.count)
  }

  var fields: [HTTPField] {
    var fields: [HTTPField] = []
    fields.reserveCapacity(ends.count)
    bytes.withUnsafeBytes { bytes in
      var start = 0
      for end in ends {
        if let field = Self.field(UnsafeRawBufferPointer(rebasing: bytes[start..<end])) { fields.append(field) }
        start = end
      }
    }
    return fields
  }

  /// Nil for a line without a name, such as the last.
  private static func field(_ line: UnsafeRawBufferPointer) -> HTTPField? {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return nil }
    let name = String(decoding: line[..<colon], as: UTF8.self)
    return HTTPField(name, value(UnsafeRawBufferPointer(rebasing: line[(colon + 1)...])))
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
}
