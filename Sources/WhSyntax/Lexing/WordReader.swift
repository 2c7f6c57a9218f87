/// Reads the parts of a word out of its source: escapes and joins are resolved, variables are open. What is wrong with a word is
/// for the lexer to say; here it is left out.
struct WordReader {
  private let source: Source
  private let bytes: [UInt8]
  private let end: Int
  private var index: Int
  private var text: TextBuilder

  private init(_ source: Source, _ range: Range<Int>) {
    self.source = source
    bytes = source.bytes
    index = range.lowerBound
    end = range.upperBound
    text = TextBuilder(source, at: index)
  }

  static func parts(of lexeme: Lexeme, in source: Source) -> [Word.Part] {
    guard lexeme.form != .open else {
      let inner = Span(source, lexeme.start + 1..<max(lexeme.start + 1, lexeme.end))
      return [.text(inner.text, inner)]
    }
    guard lexeme.form != .plain else {
      let span = Span(source, lexeme.content)
      return span.range.isEmpty ? [] : [.text(span.text, span)]
    }
    if lexeme.kind == .raw { return [.text(command(source.text(lexeme.range)), Span(source, lexeme.range))] }
    var reader = WordReader(source, lexeme.content)
    while reader.index < reader.end { reader.step(lexeme.kind) }
    return reader.text.finish()
  }

  /// The shell knows no line end but a line feed.
  private static func command(_ text: String) -> String { String(text.map { $0 == "\r\n" ? "\n" : $0 }) }

  private mutating func step(_ kind: Lexeme.Kind) {
    switch bytes[index] {
    case .dollar where kind != .single && index + 1 < end && bytes[index + 1] == .openBrace: variable()
    case .backslash where kind == .double: escape()
    case .backslash where kind == .bare && joins():
      let blanks = bytes.blanks(after: index)
      let join = bytes.joinLength(at: index)
      index = join > 0 ? index + join : bytes.afterLineEnd(at: blanks.upperBound)
    default:
      text.append(bytes[index], at: index)
      index += 1
    }
  }

  private func joins() -> Bool { bytes.joinLength(at: index) > 0 || !bytes.blanks(after: index).isEmpty }

  private mutating func variable() {
    let mark = VariableMark(bytes, at: index)
    index = mark.range.upperBound
    if mark.flaw == nil { text.append(variable: mark.name, Span(source, mark.range), resumeAt: index) }
  }

  private mutating func escape() {
    let mark = EscapeMark(bytes, at: index)
    index = mark.range.upperBound
    if case .text(let meant) = mark.meaning { text.append(meant) }
  }
}
