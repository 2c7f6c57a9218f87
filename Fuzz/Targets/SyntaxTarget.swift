import WhDomain
import WhSession
import WhSyntax

/// The text of a script: lexer, parser, the checks of `wh check`, the drawing of every error, and Tab.
enum SyntaxTarget: FuzzTarget {
  static var words: [String] { LanguageWords.all }

  static func run(_ bytes: [UInt8]) {
    let source = Source(name: "fuzz.wh", bytes: bytes)
    checkTokens(of: source)
    let parsed = CommandTable.parser.parse(source)
    for match in parsed.statements {
      check(match.span, source, "a statement")
      for word in match.words.values.joined() { check(word, source) }
    }
    check(parsed.diagnostics, source)
    let binder = Binder(
      readFile: { _ throws(FileProblem) in throw FileProblem("no file may be read") }, redactor: Redactor())
    let script = binder.bind(source, in: Scope())
    check(script.diagnostics, source)
    rule(parsed.diagnostics.isEmpty || script.hasErrors, "a script with errors runs")
    for statement in script.statements { check(statement.span, source, "a statement") }
    _ = CommandTable.parser.expectations(after: source)
  }

  /// Tokens lie in the text one after the other, and between them is nothing but white space and joined lines.
  private static func checkTokens(of source: Source) {
    let lexed = Lexer.lex(source)
    var end = source.textStart
    for token in lexed.tokens {
      check(token.span, source, "a token")
      rule(token.span.range.lowerBound >= end, "tokens overlap")
      if lexed.diagnostics.isEmpty {
        let between = source.bytes[end..<token.span.range.lowerBound]
        rule(between.allSatisfy { " \t\r\n\\".utf8.contains($0) }, "text is in no token")
      }
      if let word = token.word { check(word, source) }
      end = token.span.range.upperBound
    }
  }

  private static func check(_ word: Word, _ source: Source) {
    check(word.span, source, "a word")
    for part in word.parts {
      switch part {
      case .text(_, let span), .variable(_, let span): check(span, source, "a part of a word")
      }
    }
  }

  private static func check(_ diagnostics: [Diagnostic], _ source: Source) {
    for diagnostic in diagnostics {
      check(diagnostic.span, source, "an error")
      let drawing = DiagnosticRenderer().render(diagnostic)
      rule(!drawing.unicodeScalars.contains { $0 != "\n" && Printable.isHazard($0) }, "an error is drawn unescaped")
      rule(drawing.contains("^") || source.bytes.isEmpty, "an error has no caret")
    }
    let starts = diagnostics.filter { $0.severity == .error }.map(\.span.range.lowerBound)
    rule(zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 }, "errors are out of order")
  }

  private static func check(_ span: Span, _ source: Source, _ what: String) {
    rule(
      span.source === source && span.range.lowerBound >= 0 && span.range.upperBound <= source.bytes.count,
      "\(what) lies outside the text")
    let (line, column) = span.position
    rule(line >= 1 && column >= 1, "\(what) has no place")
  }
}
