/// One word of a statement, with its quotes and escapes resolved and its variables still open.
package struct Word: Sendable {
  package enum Quoting: Sendable {
    case bare, double, single
    /// A shell command after `|` or `!`, as it is written.
    case raw
  }

  package enum Part: Sendable {
    case text(String, Span)
    /// `${name}`; the span covers all of it.
    case variable(String, Span)
  }

  let source: Source
  let lexeme: Lexeme

  init(_ source: Source, _ lexeme: Lexeme) {
    self.source = source
    self.lexeme = lexeme
  }

  package var quoting: Quoting {
    switch lexeme.kind {
    case .double: .double
    case .single: .single
    case .raw: .raw
    default: .bare
    }
  }

  package var parts: [Part] { WordReader.parts(of: lexeme, in: source) }

  package var span: Span { Span(source, lexeme.range) }

  /// True for a word that is ASCII and means itself, without escapes, joins and variables.
  package var isPlain: Bool { lexeme.form == .plain }

  /// The text of a plain word; nil of any other.
  package var plainText: String? { isPlain ? source.text(lexeme.content) : nil }

  /// True for a plain word that has none of two ASCII characters.
  package func isPlain(without first: UInt8, _ second: UInt8) -> Bool {
    guard isPlain else { return false }
    return source.bytes.withUnsafeBufferPointer { bytes in
      for place in lexeme.start..<lexeme.end where bytes[place] == first || bytes[place] == second { return false }
      return true
    }
  }

  /// The text of a word that has no variables in it.
  package var literal: String? {
    if let plainText { return plainText }
    var text = ""
    for part in parts {
      guard case .text(let piece, _) = part else { return nil }
      text += piece
    }
    return text
  }

  /// The text that may be a keyword or an operator: that of a bare word without variables.
  package var bareText: String? { quoting == .bare ? literal : nil }

  /// The word as the keyword it would be, which a quoted word never is.
  package var keyword: String? { bareText?.lowercased() }

  /// The plain text that a bare word begins with.
  var leadingText: String? {
    guard lexeme.kind == .bare else { return nil }
    if let plainText { return plainText }
    guard case .text(let text, _)? = parts.first else { return nil }
    return text
  }
}

/// Cutting words in two, where what a word begins or ends with is a word of its own.
extension Word {
  /// Cuts a bare word in two after its first `count` bytes; nil where they are not plain text, or are all of it.
  func split(after count: Int) -> (head: Lexeme, tail: Lexeme)? {
    guard lexeme.kind == .bare, count > 0 else { return nil }
    guard lexeme.form != .plain else { return halves(at: lexeme.start + count) }
    let parts = parts
    guard case .text(let text, let place)? = parts.first, text.utf8.count >= count,
      parts.count > 1 || text.utf8.count > count, isWritten(text.utf8.prefix(count), at: place.range.lowerBound)
    else { return nil }
    return halves(at: place.range.lowerBound + count)
  }

  /// Cuts the last `count` bytes off a bare word; nil where they are not plain text, or are all of it.
  func split(before count: Int) -> (head: Lexeme, tail: Lexeme)? {
    guard lexeme.kind == .bare, count > 0 else { return nil }
    let middle = lexeme.end - count
    guard lexeme.form != .plain else { return halves(at: middle) }
    let parts = parts
    guard case .text(let text, _)? = parts.last, text.utf8.count >= count,
      parts.count > 1 || text.utf8.count > count, isWritten(text.utf8.suffix(count), at: middle)
    else { return nil }
    return halves(at: middle)
  }

  private func halves(at middle: Int) -> (head: Lexeme, tail: Lexeme)? {
    guard middle > lexeme.start, middle < lexeme.end else { return nil }
    return (piece(lexeme.start..<middle), piece(middle..<lexeme.end))
  }

  private func piece(_ range: Range<Int>) -> Lexeme {
    if lexeme.form == .plain {
      return Lexeme(.bare, range, .plain, source.keyword(at: range))
    }
    let piece = Word(source, Lexeme(.bare, range, .composed))
    return Lexeme(.bare, range, .composed, piece.literal.map { Keyword($0) } ?? .none)
  }

  /// True if the bytes of the text are the same in the source, with no joined lines between them.
  private func isWritten(_ piece: Substring.UTF8View, at start: Int) -> Bool {
    let end = start + piece.count
    return lexeme.range.contains(start) && end <= lexeme.end && source.bytes[start..<end].elementsEqual(piece)
  }
}
