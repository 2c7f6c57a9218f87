/// Cuts a source into lexemes, a statement at a time. It works on bytes, and continues after an error so that all errors of a
/// file are found.
package struct Lexer {
  package struct Result: Sendable {
    package var tokens: [Token] = []
    package var diagnostics: [Diagnostic] = []
    /// True when the text ends inside a quoted word or after a joining backslash, so that a prompt may ask for more.
    package var isIncomplete = false
  }

  let source: Source
  let bytes: [UInt8]
  private let keywords = LexicalKeywords.standard
  var index: Int
  /// Those of the last statement, with its comments and its end.
  private(set) var lexemes: [Lexeme] = []
  /// What was found wrong and not yet taken.
  var diagnostics: [Diagnostic] = []
  var isIncomplete = false
  /// True after the first word of the statement.
  private(set) var hasHead = false
  /// True in a statement whose output may go to a file or a command.
  private(set) var takesOutput = false
  /// True in the part of a statement in which `=` and the other operators need no white space around them.
  private(set) var splitsAtOperators = false
  /// The first quoted word that spans lines.
  var spanning: Span?

  /// Begins with the first statement. A text that is not valid has an error, and no statement.
  init(_ source: Source) {
    self.init(source, at: source.textStart)
    if let bad = bytes.firstInvalidByte {
      diagnostics.append(.notUTF8(Span(source, bad..<bad + 1), byte: bytes[bad]))
      index = bytes.count
    } else if let stray = bytes.firstLoneCarriageReturn {
      diagnostics.append(.loneCarriageReturn(Span(source, stray..<stray + 1)))
      index = bytes.count
    }
  }

  /// - Parameter start: the place in a valid text where a statement begins.
  init(_ source: Source, at start: Int) {
    self.source = source
    bytes = source.bytes
    index = start
  }

  /// All tokens of a source.
  package static func lex(_ source: Source) -> Result {
    var lexer = Lexer(source)
    var result = Result()
    while lexer.advance() { result.tokens += lexer.lexemes.map { Token(source, $0) } }
    result.diagnostics = lexer.diagnostics
    result.isIncomplete = lexer.isIncomplete
    return result
  }

  /// The tokens of one statement of a source that is valid.
  ///
  /// - Parameter start: the byte after the end of the statement before.
  package static func statement(of source: Source, at start: Int) -> [Token] {
    var lexer = Lexer(source, at: start)
    _ = lexer.advance()
    return lexer.lexemes.map { Token(source, $0) }
  }

  /// Reads the lexemes of the next statement, up to its end; false where the text has ended.
  mutating func advance() -> Bool {
    lexemes.removeAll(keepingCapacity: true)
    hasHead = false
    takesOutput = false
    splitsAtOperators = false
    while index < bytes.count {
      step()
      if let last = lexemes.last, last.kind.isTerminator { return true }
    }
    return !lexemes.isEmpty
  }

  private mutating func step() {
    let start = index
    switch bytes[index] {
    case .space, .tab, .carriageReturn: index += 1
    case .newline: sign(.lineEnd)
    case .semicolon: sign(.semicolon)
    case .comma: sign(.comma)
    case .hash:
      index = lineEnd(from: start)
      append(Lexeme(.comment, start..<index))
    case .pipe where takesOutput: pipe()
    case .greater where takesOutput: redirection()
    case .exclamation where !hasHead: pipe()
    case .doubleQuote: quoted(.double)
    case .singleQuote: quoted(.single)
    case .backslash where bytes.joinLength(at: index) > 0: join()
    default: bare()
    }
  }

  private mutating func sign(_ kind: Lexeme.Kind) {
    index += 1
    append(Lexeme(kind, index - 1..<index))
  }

  mutating func append(_ lexeme: Lexeme) {
    lexemes.append(lexeme)
    guard lexeme.kind.isWord else { return }
    if !hasHead {
      hasHead = true
      takesOutput =
        lexeme.isPlainBare
        ? keywords.takesOutput(lexeme.keyword) : lexeme.kind == .bare && isOutputHead(lexeme.range)
    }
    if !splitsAtOperators { splitsAtOperators = keywords.operatorsFollow(lexeme.keyword) }
  }

  mutating func appendBare(_ range: Range<Int>) {
    append(Lexeme(.bare, range, .plain, bytes.withUnsafeBufferPointer { Keyword($0, range) }))
  }

  /// Where the line ends that holds a place.
  func lineEnd(from start: Int) -> Int {
    let end = bytes.withUnsafeBufferPointer { $0.firstPlace(of: .newline, from: start) } ?? bytes.count
    return end > start && bytes[end - 1] == .carriageReturn ? end - 1 : end
  }

  /// Steps over a backslash and the line end that it hides.
  mutating func join() {
    let start = index
    index += bytes.joinLength(at: index)
    guard index >= bytes.count, index == start + 1 else { return }
    isIncomplete = true
    diagnostics.append(.nothingToJoin(Span(source, start..<start + 1)))
  }

  /// True for a bare word that begins a statement whose output may go to a file or a command: only in those `>` and `|` are
  /// signs. It may be in pieces, where lines are joined in it.
  func isOutputHead(_ range: Range<Int>) -> Bool {
    let text = source.text(range).replacing("\\\r\n", with: "").replacing("\\\n", with: "").lowercased()
    return keywords.takesOutput(Keyword(text))
  }
}

extension [UInt8] {
  /// The first byte that is not part of UTF-8.
  fileprivate var firstInvalidByte: Int? {
    withUnsafeBufferPointer { bytes in
      var index = bytes.firstPlaceBeyondASCII(from: 0)
      while index < bytes.count {
        var decoder = Unicode.UTF8.ForwardParser()
        var rest = bytes[index...].makeIterator()
        guard case .valid(let scalar) = decoder.parseScalar(from: &rest) else { return index }
        index = bytes.firstPlaceBeyondASCII(from: index + scalar.count)
      }
      return nil
    }
  }

  fileprivate var firstLoneCarriageReturn: Int? {
    withUnsafeBufferPointer { bytes in
      var start = 0
      while let place = bytes.firstPlace(of: .carriageReturn, from: start) {
        guard place + 1 < bytes.count, bytes[place + 1] == .newline else { return place }
        start = place + 2
      }
      return nil
    }
  }
}
