/// Taking one word, as a keyword, an operator or the value of a slot.
extension Matcher {
  mutating func take(_ keyword: Keyword) -> Bool {
    guard let written = currentWord, written.keyword == keyword else { return fail([.keyword(keyword.text)]) }
    index += 1
    note(written, .keyword(keyword.text))
    pieces.append(WrittenPiece(.keyword, keyword))
    return true
  }

  /// - Parameter name: what the word is kept under.
  mutating func takeWord(_ slot: Slot, name: Keyword = .none) -> Lexeme? {
    guard let word = currentWord, !isMisread(word, as: slot) else {
      fail([.slot(slot)])
      return nil
    }
    index += 1
    note(word, .slot(slot))
    pieces.append(WrittenPiece(.word, .none, word, name: name))
    return word
  }

  /// True for what is left of `x="a b"` after the sign, where the quote came too late to quote anything, and for a
  /// sign where a name, an event or a file is to stand.
  private func isMisread(_ lexeme: Lexeme, as slot: Slot) -> Bool {
    if slot == .count || slot == .seconds {
      return lexeme.kind != .bare || !source.bytes[lexeme.range].allSatisfy(\.isDigit)
    }
    guard lexeme.kind == .bare, let first = firstASCII(of: lexeme) else { return false }
    switch slot {
    case .variable: return first == UInt8(ascii: "=")
    case .event, .newEvent: return first.beginsOperator
    case .file where output(lexeme) != nil: return true
    default: return first == .doubleQuote || first == .singleQuote
    }
  }

  /// The first character of a word, if it is ASCII and no mark is on it.
  private func firstASCII(of lexeme: Lexeme) -> UInt8? {
    lexeme.form == .plain ? source.bytes[lexeme.start] : source.text(lexeme.range).first?.asciiValue
  }

  /// The sign that a bare word is.
  func output(_ lexeme: Lexeme) -> Match.Output? {
    guard lexeme.kind == .bare, lexeme.keyword != .none else { return nil }
    return keywords.outputs.first { $0.keyword == lexeme.keyword }?.sign
  }

  /// Takes an operator off the front of a bare word, and leaves the rest of it to be the next word.
  mutating func takeOperator(of choices: [String]) -> PredicateSyntax.Operator? {
    guard let word = currentWord, let found = leadingOperator(of: word), choices.contains(found) else {
      fail(choices.map { .symbol($0) })
      return nil
    }
    let head = splitCurrent(after: found.utf8.count) ?? word
    index += 1
    note(head, .symbol(found))
    pieces.append(WrittenPiece(.sign, head.form == .plain ? head.keyword : Keyword(found)))
    return PredicateSyntax.Operator(text: found, span: Span(source, head.range))
  }

  /// The operator that a bare word begins with.
  func leadingOperator(of lexeme: Lexeme) -> String? {
    guard lexeme.kind == .bare else { return nil }
    guard lexeme.form != .plain else {
      let second = lexeme.start + 1 < lexeme.end ? source.bytes[lexeme.start + 1] : 0
      switch (source.bytes[lexeme.start], second) {
      case (UInt8(ascii: "!"), UInt8(ascii: "=")): return "!="
      case (UInt8(ascii: "!"), UInt8(ascii: "~")): return "!~"
      case (UInt8(ascii: "<"), UInt8(ascii: "=")): return "<="
      case (.greater, UInt8(ascii: "=")): return ">="
      case (UInt8(ascii: "="), _): return "="
      case (UInt8(ascii: "~"), _): return "~"
      case (UInt8(ascii: "<"), _): return "<"
      case (.greater, _): return ">"
      default: return nil
      }
    }
    guard let text = word(lexeme).leadingText else { return nil }
    return PredicateSyntax.allOperators.first(where: text.hasPrefix)
  }

  /// True for a bare word that begins with a parenthesis.
  func begins(_ lexeme: Lexeme, with parenthesis: UInt8) -> Bool {
    guard lexeme.kind == .bare else { return false }
    if lexeme.form == .plain { return source.bytes[lexeme.start] == parenthesis }
    return word(lexeme).leadingText?.hasPrefix(String(Unicode.Scalar(parenthesis))) ?? false
  }

  /// Returns whether a keyword follows; the parenthesis after it may be written without white space, as in `not(`.
  mutating func isKeyword(_ keyword: Keyword) -> Bool {
    guard let lexeme = currentWord, lexeme.kind == .bare else { return false }
    if lexeme.keyword == keyword { return true }
    if lexeme.form == .plain {
      let end = lexeme.start + keyword.count
      guard end < lexeme.end, source.bytes[end] == .openParenthesis, source.keyword(at: lexeme.start..<end) == keyword
      else { return false }
    } else {
      guard let leading = word(lexeme).leadingText, leading.lowercased().hasPrefix(keyword.text + "(") else {
        return false
      }
    }
    _ = splitCurrent(after: keyword.count)
    return currentWord?.keyword == keyword
  }
}
