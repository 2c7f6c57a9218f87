/// Gathers the parts of a word while the lexer walks over it.
struct TextBuilder {
  private let source: Source
  private var parts: [Word.Part] = []
  private var bytes: [UInt8] = []
  private var start: Int
  private var end: Int

  init(_ source: Source, at index: Int) {
    self.source = source
    start = index
    end = index
  }

  mutating func append(_ byte: UInt8, at index: Int) {
    if bytes.isEmpty { start = index }
    bytes.append(byte)
    end = index + 1
  }

  /// Adds what an escape stands for.
  mutating func append(_ text: String) {
    bytes += text.utf8
  }

  mutating func append(variable name: String, _ span: Span, resumeAt index: Int) {
    flush()
    parts.append(.variable(name, span))
    start = index
    end = index
  }

  mutating func finish() -> [Word.Part] {
    flush()
    return parts
  }

  private mutating func flush() {
    guard !bytes.isEmpty else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    parts.append(.text(text, Span(source, min(start, end)..<max(start, end))))
    bytes = []
  }
}
