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

  /// Reads a source statement by statement, so that no more than one of them is held.
  package func reader(of source: Source) -> ScriptReader { ScriptReader(table, source) }

  package func parse(_ source: Source) -> ParsedScript {
    var reader = reader(of: source)
    var script = ParsedScript()
    while reader.advance() {
      if let match = reader.match { script.statements.append(match) }
    }
    script.diagnostics = reader.takeProblems(before: .max)
    script.isIncomplete = reader.isIncomplete
    return script
  }

  /// The statement that stands at a place of a source that was read before.
  package func statement(at span: Span) -> Match? {
    var lexer = Lexer(span.source, at: span.range.lowerBound)
    var matcher = Matcher(table, span.source)
    _ = lexer.advance()
    matcher.begin(lexer.lexemes)
    return matcher.match()
  }

  /// What is expected at the end of a text, which Tab offers there.
  ///
  /// - Parameter source: the text before the word that is being typed.
  package func expectations(after source: Source) -> [Expectation] {
    var lexer = Lexer(source)
    var last: [Lexeme] = []
    while lexer.advance() { last = lexer.lexemes.last?.kind.isTerminator ?? false ? [] : lexer.lexemes }
    if last.contains(where: { $0.kind == .comment }) || lexer.isIncomplete { return [] }
    var matcher = Matcher(table, source)
    matcher.begin(last)
    let notes = matcher.noteAll(end: source.bytes.count)
    return notes.lexeme == nil ? notes.expected.filter { $0 != .end } : []
  }
}
