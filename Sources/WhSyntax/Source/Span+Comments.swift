extension Span {
  /// The comment after this span in its line, with the blanks before it; empty if there is none.
  package var trailingComment: String {
    let rest = source.bytes[range.upperBound..<source.line(at: range.upperBound).upperBound]
    let blanks = rest.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return !blanks.isEmpty && rest.dropFirst(blanks.count).first == UInt8(ascii: "#")
      ? String(decoding: rest, as: UTF8.self) : ""
  }

  /// The lines above this span's that hold a comment and nothing else.
  ///
  /// - Parameter start: the text before this byte belongs to another statement.
  package func commentLines(from start: Int) -> [String] {
    var lines: [String] = []
    var line = source.line(at: range.lowerBound)
    while line.lowerBound > start {
      line = source.line(at: line.lowerBound - 1)
      let text = source.text(line)
      guard line.lowerBound >= start, text.first(where: { $0 != " " && $0 != "\t" }) == "#" else { break }
      lines.insert(text, at: 0)
    }
    return lines
  }
}
