/// Cuts a source into tokens. It works on bytes, and continues after an error so that all errors of a file are found.
package struct Lexer {
  package struct Result: Sendable {
    package var tokens: [Token] = []
    package var diagnostics: [Diagnostic] = []
    /// True when the text ends inside a quoted word or after a joining backslash, so that a prompt may ask for more.
    package var isIncomplete = false
  }

  private let source: Source
  private let bytes: [UInt8]
  private var index: Int
  private var result = Result()
  /// The first word of the statement, in lower case; nil before it.
  private var head: String?
  /// The first quoted word that spans lines.
  private var spanning: Span?
  /// True in the part of a statement in which `=` and the other operators need no white space around them.
  private var splitsAtOperators = false

  private init(_ source: Source) {
    self.source = source
    bytes = source.bytes
    index = source.textStart
  }

  package static func lex(_ source: Source) -> Result {
    var lexer = Lexer(source)
    if let bad = lexer.firstInvalidByte() {
      lexer.result.diagnostics.append(.notUTF8(Span(source, bad..<bad + 1), byte: lexer.bytes[bad]))
      return lexer.result
    }
    if let stray = lexer.firstLoneCarriageReturn() {
      lexer.result.diagnostics.append(.loneCarriageReturn(Span(source, stray..<stray + 1)))
      return lexer.result
    }
    while lexer.index < lexer.bytes.count { lexer.next() }
    return lexer.result
  }

  // MARK: Tokens

  private mutating func next() {
    let start = index
    switch bytes[index] {
    case .space, .tab, .carriageReturn: index += 1
    case .newline:
      index += 1
      append(.terminator(isLineEnd: true), from: start)
    case .semicolon:
      index += 1
      append(.terminator(isLineEnd: false), from: start)
    case .comma:
      index += 1
      append(.comma, from: start)
    case .hash:
      index = source.line(at: index).upperBound
      append(.comment, from: start)
    case .pipe where takesOutput: pipe()
    case .greater where takesOutput: redirection()
    case .exclamation where head == nil: pipe()
    case .doubleQuote: quoted(.double)
    case .singleQuote: quoted(.single)
    case .backslash where joinLength(at: index) > 0: join()
    default: bare()
    }
  }

  private mutating func append(_ kind: Token.Kind, from start: Int) {
    result.tokens.append(Token(kind, Span(source, start..<index)))
    switch kind {
    case .terminator:
      head = nil
      splitsAtOperators = false
    case .word(let word):
      if head == nil { head = keyword(start..<index) }
      if !splitsAtOperators { splitsAtOperators = word.keyword.map(Self.operatorsFollow.contains) ?? false }
    default: break
    }
  }

  private mutating func appendWord(_ quoting: Word.Quoting, _ parts: [Word.Part], from start: Int) {
    append(.word(Word(quoting, parts, Span(source, start..<index))), from: start)
  }

  // MARK: Words

  private mutating func bare() {
    let start = index
    let mistakes = result.diagnostics.count
    var text = TextBuilder(source, at: index)
    scan: while index < bytes.count {
      switch bytes[index] {
      case .space, .tab, .carriageReturn, .newline, .semicolon: break scan
      case .comma where endsWord(after: index): break scan
      case .backslash where joinLength(at: index) > 0: join()
      case .backslash where blanksBeforeLineEnd(after: index) > 0: blankJoin()
      case .dollar where peek(1) == .openBrace: variable(&text)
      case .pipe where endsBeforeSign(from: start), .greater where endsBeforeSign(from: start): break scan
      case .doubleQuote where endsWithOperator(from: start), .singleQuote where endsWithOperator(from: start):
        break scan
      case 0xE2 where index == start || endsWithOperator(from: start): curlyQuote(&text)
      case 0xC2...: character(&text)
      default:
        text.append(bytes[index], at: index)
        index += 1
      }
    }
    let parts = text.finish()
    // A word that is only an error still counts as a word, so that none is reported missing in its place.
    if !parts.isEmpty || result.diagnostics.count > mistakes { appendWord(.bare, parts, from: start) }
  }

  /// Takes a character that is not ASCII. An invisible one is an error: it would split a word in two, or the other
  /// way round, without being visible.
  private mutating func character(_ text: inout TextBuilder) {
    let start = index
    index = characterEnd(start)
    let scalar = source.text(start..<index).unicodeScalars.first
    if let scalar, Printable.isInvisible(scalar) {
      result.diagnostics.append(.invisibleCharacter(scalar, Span(source, start..<index)))
    }
    for place in start..<index { text.append(bytes[place], at: place) }
  }

  /// A curly quote where a straight one would begin a quoted word: it was typed, or put there by a word processor, to quote.
  private mutating func curlyQuote(_ text: inout TextBuilder) {
    let start = index
    let scalar = source.text(start..<characterEnd(start)).unicodeScalars.first
    character(&text)
    if let scalar, Self.curlyQuotes.contains(scalar) {
      result.diagnostics.append(.curlyQuote(Span(source, start..<index)))
    }
  }

  /// True right after an operator that a bare word began with, as in `url~"x*"`: then a quote begins the next word.
  private func endsWithOperator(from start: Int) -> Bool {
    splitsAtOperators && index > start && Self.operatorSigns.contains(bytes[index - 1])
  }

  private mutating func quoted(_ quoting: Word.Quoting) {
    let start = index
    let quote = bytes[index]
    index += 1
    var text = TextBuilder(source, at: index)
    while index < bytes.count, bytes[index] != quote {
      switch bytes[index] {
      case .backslash where quoting == .double: escape(&text)
      case .dollar where quoting == .double && peek(1) == .openBrace: variable(&text)
      default:
        text.append(bytes[index], at: index)
        index += 1
      }
    }
    guard index < bytes.count else {
      result.isIncomplete = true
      return unclosed(quoting, from: start)
    }
    index += 1
    let isFollowed = peek(0).map { !Self.mayFollowQuote.contains($0) && joinLength(at: index) == 0 } ?? false
    let line = source.line(at: start).upperBound
    // Where text follows a quote some lines below, that quote was to begin a word, and this one was never closed.
    if isFollowed, index > line { return unclosed(quoting, from: start) }
    if index > line { spanning = spanning ?? Span(source, start..<index) }
    appendWord(quoting, text.finish(), from: start)
    if isFollowed { result.diagnostics.append(.textAfterQuote(Span(source, index..<index + 1))) }
  }

  /// The word is taken to end with its first line, so that the following lines are checked too.
  private mutating func unclosed(_ quoting: Word.Quoting, from start: Int) {
    result.diagnostics.append(.unclosedQuote(Span(source, start..<start + 1), after: spanning))
    index = source.line(at: start).upperBound
    let inner = Span(source, start + 1..<max(start + 1, index))
    appendWord(quoting, [.text(inner.text, inner)], from: start)
  }

  private mutating func escape(_ text: inout TextBuilder) {
    let start = index
    if joinLength(at: index) > 0 { return join() }
    index += 2
    switch start + 1 < bytes.count ? bytes[start + 1] : nil {
    case .doubleQuote: text.append("\"")
    case .backslash: text.append("\\")
    case .dollar: text.append("$")
    case UInt8(ascii: "n"): text.append("\n")
    case UInt8(ascii: "r"): text.append("\r")
    case UInt8(ascii: "t"): text.append("\t")
    case UInt8(ascii: "u") where peek(0) == .openBrace: unicodeEscape(&text, from: start)
    default:
      index = min(characterEnd(start + 1), bytes.count)
      result.diagnostics.append(.unknownEscape(Span(source, start..<index)))
    }
  }

  private mutating func unicodeEscape(_ text: inout TextBuilder, from start: Int) {
    index += 1
    let digits = index
    while let byte = peek(0), byte != .closeBrace, byte != .doubleQuote, byte != .newline { index += 1 }
    let isClosed = peek(0) == .closeBrace
    let number = source.text(digits..<index)
    if isClosed { index += 1 }
    let isNumber = (1...8).contains(number.utf8.count) && number.utf8.allSatisfy(\.isHexDigit)
    guard isClosed, isNumber, let value = UInt32(number, radix: 16), let scalar = Unicode.Scalar(value) else {
      result.diagnostics.append(.badUnicodeEscape(Span(source, start..<index)))
      return
    }
    text.append(String(scalar))
  }

  private mutating func variable(_ text: inout TextBuilder) {
    let start = index
    index += 2
    while let byte = peek(0), byte != .closeBrace, !Self.endsVariable.contains(byte) { index += 1 }
    let name = source.text(start + 2..<index)
    guard peek(0) == .closeBrace else {
      result.diagnostics.append(.unclosedVariable(Span(source, start..<index)))
      return
    }
    index += 1
    let span = Span(source, start..<index)
    guard VariableName.isValidReference(name) else {
      result.diagnostics.append(.badVariableName(span))
      return
    }
    text.append(variable: name, span, resumeAt: index)
  }

  // MARK: Output

  /// The statements whose output may go to a file or a command: only in those `>` and `|` are signs.
  private static let outputHeads: Set<String> = ["show", "dump", "status", "diff"]

  private var takesOutput: Bool { head.map(Self.outputHeads.contains) ?? false }

  /// True where a sign stands right after a bare word, as in `show apps>FILE`.
  private func endsBeforeSign(from start: Int) -> Bool {
    guard index > start else { return false }
    return takesOutput || head == nil && Self.outputHeads.contains(keyword(start..<index))
  }

  /// A word as the keyword that it may be: in lower case, and in one piece where lines are joined in it.
  private func keyword(_ range: Range<Int>) -> String {
    source.text(range).replacing("\\\r\n", with: "").replacing("\\\n", with: "").lowercased()
  }

  private mutating func redirection() {
    let start = index
    index += 1
    if let next = peek(0), next == .greater || next == .exclamation { index += 1 }
    let span = Span(source, start..<index)
    appendWord(.bare, [.text(span.text, span)], from: start)
  }

  /// Takes the sign, `|` or the `!` that a statement begins with, and then the command to the statement's end as a shell is to
  /// read it: a `;` within its quotes is its own.
  private mutating func pipe() {
    let sign = Span(source, index..<index + 1)
    index += 1
    appendWord(.bare, [.text(sign.text, sign)], from: index - 1)
    while let byte = peek(0), byte == .space || byte == .tab { index += 1 }
    let start = index
    var end = start
    var quote: UInt8?
    scan: while let byte = peek(0) {
      switch byte {
      case .newline: break scan
      case .semicolon where quote == nil: break scan
      case .backslash where quote != .singleQuote:
        guard joinLength(at: index) == 0 else {
          join()
          continue
        }
        // What it escapes may be white space, and stays.
        index += 1
      case .space, .tab, .carriageReturn:
        index += 1
        continue
      case .singleQuote, .doubleQuote: quote = quote == nil ? byte : quote == byte ? nil : quote
      default: break
      }
      index += 1
      end = index
    }
    if end > start {
      let span = Span(source, start..<end)
      // The shell knows no line end but a line feed.
      let text = String(span.text.map { $0 == "\r\n" ? "\n" : $0 })
      result.tokens.append(Token(.word(Word(.raw, [.text(text, span)], span)), span))
    }
  }

  // MARK: Line ends

  /// Steps over a backslash and the line end that it hides.
  private mutating func join() {
    let start = index
    index += joinLength(at: index)
    guard index >= bytes.count, bytes[start + 1..<index].isEmpty else { return }
    result.isIncomplete = true
    result.diagnostics.append(.nothingToJoin(Span(source, start..<start + 1)))
  }

  /// The number of blanks between a backslash and the line end that it was to hide; 0 where something else follows.
  private func blanksBeforeLineEnd(after backslash: Int) -> Int {
    var next = backslash + 1
    while next < bytes.count, bytes[next] == .space || bytes[next] == .tab { next += 1 }
    let isAtEnd = next < bytes.count && [.newline, .carriageReturn].contains(bytes[next])
    return isAtEnd ? next - backslash - 1 : 0
  }

  /// Steps over a backslash with blanks after it, as if they were not there.
  private mutating func blankJoin() {
    let blanks = index + 1..<index + 1 + blanksBeforeLineEnd(after: index)
    result.diagnostics.append(.blankAfterBackslash(Span(source, blanks)))
    index = blanks.upperBound
    if peek(0) == .carriageReturn { index += 1 }
    if peek(0) == .newline { index += 1 }
  }

  /// The number of bytes of a backslash and the line end right after it; 0 where there is none.
  private func joinLength(at index: Int) -> Int {
    guard index < bytes.count, bytes[index] == .backslash else { return 0 }
    switch index + 1 < bytes.count ? bytes[index + 1] : nil {
    case nil: return 1
    case .newline: return 2
    case .carriageReturn where index + 2 < bytes.count && bytes[index + 2] == .newline: return 3
    case .carriageReturn where index + 2 == bytes.count: return 2
    default: return 0
    }
  }

  /// True when white space or the statement's end follows, seen across joined lines.
  private func endsWord(after comma: Int) -> Bool {
    var next = comma + 1
    while joinLength(at: next) > 0 { next += joinLength(at: next) }
    guard next < bytes.count else { return true }
    return [.space, .tab, .carriageReturn, .newline, .semicolon].contains(bytes[next])
  }

  // MARK: Bytes

  private func peek(_ distance: Int) -> UInt8? {
    index + distance < bytes.count ? bytes[index + distance] : nil
  }

  private func characterEnd(_ start: Int) -> Int {
    var end = start + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  private func firstInvalidByte() -> Int? {
    var offset = 0
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .emptyInput: return nil
      case .error: return offset
      }
    }
  }

  private func firstLoneCarriageReturn() -> Int? {
    bytes.indices.first { place in
      bytes[place] == .carriageReturn && (place + 1 == bytes.count || bytes[place + 1] != .newline)
    }
  }

  /// The words after which operators may stand without white space around them, up to the end of the statement.
  private static let operatorsFollow: Set<String> = ["let", "expect", "where", "unless"]
  private static let operatorSigns: Set<UInt8> = [
    UInt8(ascii: "="), UInt8(ascii: "~"), UInt8(ascii: "<"), UInt8(ascii: ">"),
  ]
  private static let mayFollowQuote: Set<UInt8> = [
    .space, .tab, .carriageReturn, .newline, .semicolon, .comma, UInt8(ascii: ")"),
  ]
  private static let curlyQuotes: Set<Unicode.Scalar> = [
    "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}", "\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}",
  ]
  private static let endsVariable: Set<UInt8> = [
    .space, .tab, .carriageReturn, .newline, .semicolon, .doubleQuote, .singleQuote,
  ]
}

extension UInt8 {
  fileprivate static let space = UInt8(ascii: " ")
  fileprivate static let tab = UInt8(ascii: "\t")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
  fileprivate static let newline = UInt8(ascii: "\n")
  fileprivate static let semicolon = UInt8(ascii: ";")
  fileprivate static let comma = UInt8(ascii: ",")
  fileprivate static let hash = UInt8(ascii: "#")
  fileprivate static let pipe = UInt8(ascii: "|")
  fileprivate static let greater = UInt8(ascii: ">")
  fileprivate static let exclamation = UInt8(ascii: "!")
  fileprivate static let backslash = UInt8(ascii: "\\")
  fileprivate static let doubleQuote = UInt8(ascii: "\"")
  fileprivate static let singleQuote = UInt8(ascii: "'")
  fileprivate static let dollar = UInt8(ascii: "$")
  fileprivate static let openBrace = UInt8(ascii: "{")
  fileprivate static let closeBrace = UInt8(ascii: "}")

  fileprivate var isHexDigit: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}

extension Diagnostic {
  fileprivate static func notUTF8(_ span: Span, byte: UInt8) -> Diagnostic {
    let hex = String(byte, radix: 16, uppercase: true)
    return Diagnostic(.notUTF8, "the text is not valid UTF-8", at: span, label: "invalid byte 0x\(hex)")
  }

  fileprivate static func loneCarriageReturn(_ span: Span) -> Diagnostic {
    Diagnostic(
      .loneCarriageReturn, "a carriage return without a line feed", at: span,
      label: "end each line with a line feed, or with both")
  }

  fileprivate static func invisibleCharacter(_ scalar: Unicode.Scalar, _ span: Span) -> Diagnostic {
    Diagnostic(
      .invisibleCharacter, "an invisible character, \(Printable.escape(scalar)), outside quotes", at: span,
      label: "remove it, or put quotes around the word")
  }

  fileprivate static func textAfterQuote(_ span: Span) -> Diagnostic {
    Diagnostic(.textAfterQuote, "text follows the closing quote", at: span, label: "add a space before this")
  }

  fileprivate static func unclosedQuote(_ span: Span, after spanning: Span?) -> Diagnostic {
    let notes = spanning.map { word in
      let last = word.source.position(of: word.range.upperBound).line
      return [
        "another quote may be missing before: the text quoted from line \(word.position.line) ends in line \(last)"
      ]
    }
    return Diagnostic(.unclosedQuote, "this quote is not closed", at: span, label: "opened here", notes: notes ?? [])
  }

  fileprivate static func curlyQuote(_ span: Span) -> Diagnostic {
    Diagnostic(
      .curlyQuote, "a curly quote does not quote", at: span, label: "use straight quotes")
  }

  fileprivate static func blankAfterBackslash(_ span: Span) -> Diagnostic {
    Diagnostic(
      .blankAfterBackslash, "a space follows the backslash, so it does not join lines", at: span,
      label: "remove the space, or quote the word")
  }

  fileprivate static func unknownEscape(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unknownEscape, "`\(Printable.escaped(span.text))` is not an escape", at: span,
      label: #"the escapes are \" \\ \n \t \r \$ and \u{1F600}"#)
  }

  fileprivate static func badUnicodeEscape(_ span: Span) -> Diagnostic {
    Diagnostic(
      .badUnicodeEscape, "not a Unicode escape", at: span,
      label: #"write 1 to 8 hexadecimal digits of a character, as in \u{1F600}"#)
  }

  fileprivate static func unclosedVariable(_ span: Span) -> Diagnostic {
    Diagnostic(.unclosedVariable, "`${` is not closed", at: span, label: "add `}` after the name")
  }

  fileprivate static func badVariableName(_ span: Span) -> Diagnostic {
    Diagnostic(
      .badVariableName, "`\(Printable.escaped(span.text))` is not a valid variable name", at: span,
      label: "use letters, digits and `_`; the first character must not be a digit")
  }

  fileprivate static func nothingToJoin(_ span: Span) -> Diagnostic {
    Diagnostic(.nothingToJoin, "a backslash joins lines, but no line follows", at: span, label: "remove it")
  }
}
