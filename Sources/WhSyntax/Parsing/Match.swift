/// A statement that fits a grammar of the table.
package final class Match: Sendable {
  /// The statement's index in the table.
  package let command: Int
  package let span: Span
  package let selection: SelectionSyntax?
  package let predicate: PredicateSyntax?
  /// The statement that it carries: an edit, or one that looks.
  package let carried: [Match]
  private let written: [WrittenPiece]
  /// Where its own pieces are, without those of a statement that it carries.
  private let own: Range<Int>
  /// True where each word is plain, also of the statement that it carries.
  package let isPlain: Bool

  init(
    command: Int, span: Span, selection: SelectionSyntax?, predicate: PredicateSyntax?, carried: [Match],
    written: [WrittenPiece], from start: Int
  ) {
    self.command = command
    self.span = span
    self.selection = selection
    self.predicate = predicate
    self.carried = carried
    self.written = written
    own = start..<(carried.first?.own.lowerBound ?? written.count)
    isPlain = written[start...].allSatisfy { $0.kind != .word || $0.lexeme.form == .plain }
  }

  /// True where each word is plain and has none of two ASCII characters, also of the statement that it carries.
  package func isPlain(without first: UInt8, _ second: UInt8) -> Bool {
    guard isPlain else { return false }
    return span.source.bytes.withUnsafeBufferPointer { bytes in
      for piece in written[own.lowerBound...] where piece.kind == .word {
        for place in piece.lexeme.start..<piece.lexeme.end where bytes[place] == first || bytes[place] == second {
          return false
        }
      }
      return true
    }
  }

  /// The signs before the place where the output goes, which is the word of `slot`.
  package enum Output: String, CaseIterable, Sendable {
    case create = ">"
    case replace = ">!"
    case append = ">>"
    case command = "|"

    package static let slot = "output"
    fileprivate static let keyword = Keyword(slot)
  }

  package var output: Output? { keywords.last.flatMap(Output.init) }

  /// The place where the output goes; nil where none is named.
  package var outputWord: Word? { word(Output.keyword) }

  /// One piece of a statement, with its role.
  package enum Piece: Sendable {
    case keyword(String)
    case word(Word)
    /// Between the words of a list.
    case separator
    case open
    case close
  }

  /// What was written, piece by piece, also of the statement that it carries.
  package var pieces: [Piece] {
    written[own.lowerBound...].map { piece in
      switch piece.kind {
      case .keyword, .sign: .keyword(piece.keyword.text)
      case .word: .word(Word(span.source, piece.lexeme))
      case .separator: .separator
      case .open: .open
      case .close: .close
      }
    }
  }

  /// Calls a function for each word, also of the statement that it carries.
  package func forEachWord<E>(_ body: (Word) throws(E) -> Void) throws(E) {
    for index in own.lowerBound..<written.count where written[index].kind == .word {
      try body(Word(span.source, written[index].lexeme))
    }
  }

  /// The keywords that were written, in their order and in lower case.
  package var keywords: [String] {
    written[own].compactMap { $0.kind == .keyword ? $0.keyword.text : nil }
  }

  /// True when a keyword was written.
  package func has(keyword: String) -> Bool {
    let sought = Keyword(keyword)
    return written[own].contains { $0.kind == .keyword && $0.keyword == sought }
  }

  /// The words of each slot.
  package var words: [String: [Word]] {
    var words: [String: [Word]] = [:]
    for piece in written[own] {
      if piece.name != .none { words[piece.name.text, default: []].append(Word(span.source, piece.lexeme)) }
    }
    return words
  }

  /// The words of a slot.
  package func words(_ name: String) -> [Word] {
    let name = Keyword(name)
    return written[own].compactMap { $0.name == name ? Word(span.source, $0.lexeme) : nil }
  }

  /// The first word of a slot.
  package func word(_ name: String) -> Word? { word(Keyword(name)) }

  private func word(_ name: Keyword) -> Word? {
    for index in own where written[index].name == name { return Word(span.source, written[index].lexeme) }
    return nil
  }
}

/// A piece of a statement while it is matched: trivial, as a lexeme is.
struct WrittenPiece: Sendable {
  enum Kind: UInt8, Sendable {
    case keyword
    /// An operator, or what stands for everything.
    case sign
    case word, separator, open, close
  }

  let kind: Kind
  let keyword: Keyword
  let lexeme: Lexeme
  /// What a word is kept under; none for one of a selection or a predicate.
  let name: Keyword

  init(_ kind: Kind, _ keyword: Keyword = .none, _ lexeme: Lexeme = .nothing, name: Keyword = .none) {
    self.kind = kind
    self.keyword = keyword
    self.lexeme = lexeme
    self.name = name
  }
}
