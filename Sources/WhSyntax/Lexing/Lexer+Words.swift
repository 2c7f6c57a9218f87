/// Bare and quoted words: where they end, and what is wrong in them.
extension Lexer {
  // MARK: Bare words

  mutating func bare() {
    let start = index
    var isPlain = true
    while !endsBare(from: start) {
      switch bytes[index] {
      case .backslash where bytes.joinLength(at: index) > 0:
        join()
        isPlain = false
      case .backslash where !bytes.blanks(after: index).isEmpty:
        blankJoin()
        isPlain = false
      case .dollar where bytes.at(index + 1) == .openBrace:
        variable()
        isPlain = false
      case 0xE2 where index == start || endsWithOperator(from: start):
        curlyQuote()
        isPlain = false
      case let byte where byte >= 0x80 || byte.isControl:
        character()
        isPlain = false
      default: index += 1
      }
    }
    if isPlain { return appendBare(start..<index) }
    let keyword = Word(source, Lexeme(.bare, start..<index, .composed)).literal.map { Keyword($0) } ?? .none
    append(Lexeme(.bare, start..<index, .composed, keyword))
  }

  /// Goes on to the next byte that may mean something in a bare word; true where the word ends there.
  private mutating func endsBare(from start: Int) -> Bool {
    index = bytes.withUnsafeBufferPointer { bytes in
      var place = index
      while place < bytes.count, !bytes[place].hasMeaningInBare { place += 1 }
      return place
    }
    guard index < bytes.count else { return true }
    switch bytes[index] {
    case .space, .tab, .carriageReturn, .newline, .semicolon: return true
    case .comma: return endsWord(after: index)
    case .pipe, .greater: return endsBeforeSign(from: start)
    case .doubleQuote, .singleQuote: return endsWithOperator(from: start)
    default: return false
    }
  }

  /// True when white space or the statement's end follows, seen across joined lines.
  private func endsWord(after comma: Int) -> Bool {
    var next = comma + 1
    while case let length = bytes.joinLength(at: next), length > 0 { next += length }
    return bytes.at(next)?.endsWord ?? true
  }

  /// True where a sign stands right after a bare word, as in `show apps>FILE`.
  private func endsBeforeSign(from start: Int) -> Bool {
    index > start && (takesOutput || !hasHead && isOutputHead(start..<index))
  }

  /// True right after an operator that a bare word began with, as in `url~"x*"`: then a quote begins the next word.
  private func endsWithOperator(from start: Int) -> Bool {
    splitsAtOperators && index > start && bytes[index - 1].endsOperator
  }

  /// Takes a character that is a control character, or not ASCII. An invisible one is an error: it would split a word in two,
  /// or the other way round, without being visible.
  private mutating func character() {
    let start = index
    index = bytes.characterEnd(start)
    if let scalar = source.text(start..<index).unicodeScalars.first, Printable.isHazard(scalar) {
      diagnostics.append(.invisibleCharacter(scalar, Span(source, start..<index)))
    }
  }

  /// A curly quote where a straight one would begin a quoted word: it was typed, or put there by a word processor, to quote.
  private mutating func curlyQuote() {
    let start = index
    character()
    if let scalar = source.text(start..<index).unicodeScalars.first, Self.curlyQuotes.contains(scalar) {
      diagnostics.append(.curlyQuote(Span(source, start..<index)))
    }
  }

  /// Steps over a backslash with blanks after it, as if they were not there.
  private mutating func blankJoin() {
    let blanks = bytes.blanks(after: index)
    diagnostics.append(.blankAfterBackslash(Span(source, blanks)))
    index = bytes.afterLineEnd(at: blanks.upperBound)
  }

  // MARK: Quoted words

  mutating func quoted(_ kind: Lexeme.Kind) {
    let start = index
    let quote = bytes[start]
    index += 1
    var isPlain = true
    while skipToMeaningInQuotes(), bytes[index] != quote {
      switch bytes[index] {
      case .backslash where kind == .double:
        escape()
        isPlain = false
      case .dollar where kind == .double && bytes.at(index + 1) == .openBrace:
        variable()
        isPlain = false
      default:
        if bytes[index] >= 0x80 { isPlain = false }
        index += 1
      }
    }
    guard index < bytes.count else {
      isIncomplete = true
      return unclosed(kind, from: start)
    }
    index += 1
    let spansLines = bytes.withUnsafeBufferPointer { $0[start..<index].contains(.newline) }
    let isFollowed = bytes.at(index).map { !$0.mayFollowQuote && bytes.joinLength(at: index) == 0 }
    // Where text follows a quote some lines below, that quote was to begin a word, and this one was never closed.
    if isFollowed == true, spansLines { return unclosed(kind, from: start) }
    if spansLines { spanning = spanning ?? Span(source, start..<index) }
    append(Lexeme(kind, start..<index, isPlain ? .plain : .composed))
    if isFollowed == true { diagnostics.append(.textAfterQuote(Span(source, index..<index + 1))) }
  }

  /// Goes on to the next byte that may mean something in quotes; false at the end of the text.
  private mutating func skipToMeaningInQuotes() -> Bool {
    index = bytes.withUnsafeBufferPointer { bytes in
      var place = index
      while place < bytes.count, !bytes[place].hasMeaningInQuotes { place += 1 }
      return place
    }
    return index < bytes.count
  }

  /// The word is taken to end with its first line, so that the following lines are checked too.
  private mutating func unclosed(_ kind: Lexeme.Kind, from start: Int) {
    diagnostics.append(.unclosedQuote(Span(source, start..<start + 1), after: spanning))
    index = lineEnd(from: start)
    append(Lexeme(kind, start..<index, .open))
  }

  private mutating func escape() {
    let mark = EscapeMark(bytes, at: index)
    switch mark.meaning {
    case .join: return join()
    case .text: break
    case .unknown: diagnostics.append(.unknownEscape(Span(source, mark.range)))
    case .badCharacter: diagnostics.append(.badUnicodeEscape(Span(source, mark.range)))
    }
    index = mark.range.upperBound
  }

  private mutating func variable() {
    let mark = VariableMark(bytes, at: index)
    index = mark.range.upperBound
    switch mark.flaw {
    case .unclosed: diagnostics.append(.unclosedVariable(Span(source, mark.range)))
    case .badName: diagnostics.append(.badVariableName(Span(source, mark.range)))
    case nil: break
    }
  }

  private static let curlyQuotes: Set<Unicode.Scalar> = [
    "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}", "\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}",
  ]
}
