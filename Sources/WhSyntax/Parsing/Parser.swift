/// One statement of a script that could be read.
package struct ParsedScript: Sendable {
  package var statements: [Match] = []
  package var diagnostics: [Diagnostic] = []
  package var isIncomplete = false
}

/// Reads statements by the grammars of a table. It continues after an invalid statement, so that all errors are found.
package struct Parser: Sendable {
  package let table: GrammarTable

  package init(_ table: GrammarTable) {
    self.table = table
  }

  package func parse(_ source: Source) -> ParsedScript {
    let lexed = Lexer.lex(source)
    var script = ParsedScript(diagnostics: lexed.diagnostics, isIncomplete: lexed.isIncomplete)
    let broken = lexed.diagnostics.map(\.span.range)
    for statement in Self.statements(of: lexed.tokens, in: source) {
      switch parse(statement.tokens, end: statement.end, in: source) {
      case .success(let match): script.statements.append(match)
      case .failure(let diagnostic):
        // A broken word causes no second error.
        if !broken.contains(where: { statement.range.contains($0.lowerBound) }) {
          script.diagnostics.append(diagnostic)
        }
      }
    }
    script.diagnostics.sort { $0.span.range.lowerBound < $1.span.range.lowerBound }
    return script
  }

  /// What is expected at the end of a text, which Tab offers there.
  ///
  /// - Parameter source: the text before the word that is being typed.
  package func expectations(after source: Source) -> [Expectation] {
    let lexed = Lexer.lex(source)
    let tokens = lexed.tokens.split(omittingEmptySubsequences: false) { $0.isTerminator }.last.map(Array.init) ?? []
    if tokens.contains(where: \.isComment) || lexed.isIncomplete { return [] }
    var matcher = Matcher(table, tokens, end: source.bytes.count)
    let start = matcher.state
    for index in table.entries.indices {
      _ = matcher.match(command: index)
      matcher.state = start
    }
    return matcher.furthestToken == nil ? matcher.expected.filter { $0 != .end } : []
  }

  struct Stretch {
    /// Without comments.
    let tokens: [Token]
    /// The byte that the last of them ends before.
    let end: Int
    /// All that stands between the ends of the statements around.
    let range: Range<Int>
  }

  static func statements(of tokens: [Token], in source: Source) -> [Stretch] {
    tokens.split { $0.isTerminator }.compactMap { slice in
      let words = slice.filter { !$0.isComment }
      guard let last = words.last else { return nil }
      let start = slice.startIndex > 0 ? tokens[slice.startIndex - 1].span.range.upperBound : 0
      let end = slice.endIndex < tokens.count ? tokens[slice.endIndex].span.range.lowerBound : source.bytes.count
      return Stretch(tokens: Array(words), end: last.span.range.upperBound, range: start..<max(start, end))
    }
  }

  private func parse(_ tokens: [Token], end: Int, in source: Source) -> Result<Match, Diagnostic> {
    var matcher = Matcher(table, tokens, end: end)
    for index in table.entries.indices {
      if let match = matcher.match(command: index) { return .success(match) }
    }
    return .failure(diagnose(matcher, tokens, Span(source, end..<end)))
  }

  private func diagnose(_ matcher: Matcher, _ tokens: [Token], _ end: Span) -> Diagnostic {
    // Of a sign every other one would be a misspelling.
    let keywords = matcher.expected.compactMap { if case .keyword(let word) = $0, word.count > 1 { word } else { nil } }
    // A long word is not repeated: it may be a secret.
    let beginning = tokens.prefix(2).prefix { $0.word?.bareText.map { $0.utf8.count <= 40 } ?? false }
      .compactMap { $0.word?.bareText }
    guard let token = matcher.furthestToken else {
      let advice = tokens.count == 1 ? table.synonyms.advice(onAnyWord: beginning) : nil
      return .incomplete(end, matcher.expected, advice)
    }
    guard let word = token.word else { return .unexpectedComma(token.span, matcher.expected) }
    let typed = word.bareText
    let near = typed.flatMap { DidYouMean.nearest(to: $0, among: keywords) }
    if matcher.furthestIndex == 0 { return .noStatement(word, near, table.synonyms.advice(onStatement: beginning)) }
    if matcher.furthestIndex == 1 {
      let known = table.synonyms.advice(onWords: beginning)
      if let advice = known ?? (near == nil ? table.synonyms.advice(onAnyWord: beginning) : nil) {
        return .unknownKeyword(word, advice: advice)
      }
    }
    if let near { return .unknownKeyword(word, advice: "did you mean `\(near)`?") }
    return .unexpectedWord(word, matcher.expected)
  }
}

extension Token {
  var isTerminator: Bool { if case .terminator = kind { true } else { false } }

  var isComment: Bool { if case .comment = kind { true } else { false } }
}

extension Diagnostic {
  private static func list(_ expected: [Expectation]) -> String {
    let phrases = expected.map(\.phrase).uniqued()
    guard let last = phrases.last else { return "something different" }
    return phrases.count == 1 ? last : phrases.dropLast().joined(separator: ", ") + " or " + last
  }

  /// How a message names a word. A long one is not quoted at all: half of a secret would not be known for one.
  private static func shown(_ word: Word) -> String {
    let text = word.span.text
    return text.unicodeScalars.count > 60 ? "this" : "`\(Printable.escaped(text))`"
  }

  fileprivate static func noStatement(_ word: Word, _ near: String?, _ advice: String?) -> Diagnostic {
    if word.quoting != .bare {
      return Diagnostic(
        .unknownKeyword, "a statement must begin with an unquoted keyword", at: word.span,
        label: "remove the quotes")
    }
    let label = advice ?? near.map { "did you mean `\($0)`?" } ?? "run `help` for a list of statements"
    return Diagnostic(.unknownKeyword, "\(shown(word)) is not a statement", at: word.span, label: label)
  }

  fileprivate static func unknownKeyword(_ word: Word, advice: String) -> Diagnostic {
    Diagnostic(.unknownKeyword, "\(shown(word)) is not known here", at: word.span, label: advice)
  }

  fileprivate static func unexpectedWord(_ word: Word, _ expected: [Expectation]) -> Diagnostic {
    let label = expected == [.end] ? "the statement ends before this" : "expected " + list(expected)
    return Diagnostic(.unexpectedWord, "\(shown(word)) is not expected here", at: word.span, label: label)
  }

  fileprivate static func unexpectedComma(_ span: Span, _ expected: [Expectation]) -> Diagnostic {
    Diagnostic(.unexpectedComma, "a comma is not expected here", at: span, label: "expected " + list(expected))
  }

  fileprivate static func incomplete(_ end: Span, _ expected: [Expectation], _ advice: String?) -> Diagnostic {
    let wanted = expected.filter { $0 != .end && $0 != .keyword("and") && $0 != .keyword("or") }
    return Diagnostic(
      .incompleteStatement, "the statement is not complete", at: end, label: "expected " + list(wanted),
      notes: advice.map { [$0] } ?? [])
  }
}

extension Array where Element: Hashable {
  fileprivate func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
