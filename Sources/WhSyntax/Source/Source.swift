/// One text that was given to `wh`: a script, a line of the prompt, the argument of `-c`.
package final class Source: Sendable {
  /// As it is shown in a place: a path as it was given, `-c`, `-` or `prompt`.
  package let name: String
  package let bytes: [UInt8]
  /// The folder that relative file names in this source start from; nil for the working folder.
  package let folder: String?
  private let lineStarts: [Int]
  private let firstLine: Int

  /// - Parameter firstLine: the number of the first line, for a source that is a part of a longer one.
  package init(name: String, bytes: [UInt8], folder: String? = nil, firstLine: Int = 1) {
    self.name = name
    self.bytes = bytes
    self.folder = folder
    self.firstLine = firstLine
    var starts = [0]
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      while let place = bytes.firstPlace(of: .newline, from: start) {
        start = place + 1
        starts.append(start)
      }
    }
    lineStarts = starts
  }

  package convenience init(name: String, text: String, folder: String? = nil) {
    self.init(name: name, bytes: Array(text.utf8), folder: folder)
  }

  /// The line and column of a byte, both counted from 1; columns count Unicode scalars.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    let index = lineIndex(of: offset)
    let start = contentStart(ofLine: index)
    let column = bytes[start..<max(start, min(offset, bytes.count))].count { !isContinuation($0) } + 1
    return (index + firstLine, column)
  }

  /// The bytes of the line that holds an offset, without its line end and without a byte order mark.
  package func line(at offset: Int) -> Range<Int> {
    let index = lineIndex(of: offset)
    let start = contentStart(ofLine: index)
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<max(start, end)
  }

  package func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The index of the first byte that is text.
  package var textStart: Int { bytes.starts(with: Self.byteOrderMark) ? 3 : 0 }

  private func contentStart(ofLine index: Int) -> Int {
    index == 0 ? textStart : lineStarts[index]
  }

  private func lineIndex(of offset: Int) -> Int {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
