/// Why a statement fits no grammar, said of the furthest place that was reached.
struct Refusal {
  private let matcher: Matcher
  private let notes: MatchNotes

  init(_ matcher: Matcher, _ notes: MatchNotes) {
    self.matcher = matcher
    self.notes = notes
  }

  /// - Parameter end: the place after the statement.
  func diagnostic(end: Span) -> Diagnostic {
    // Of a sign every other one would be a misspelling.
    let keywords = notes.expected.compactMap { if case .keyword(let word) = $0, word.count > 1 { word } else { nil } }
    // A long word is not repeated: it may be a secret.
    let lexemes = matcher.lexemes
    let beginning = lexemes.prefix(2).map { $0.kind.isWord ? matcher.word($0).bareText : nil }
      .prefix { $0.map { $0.utf8.count <= 40 } ?? false }.compactMap(\.self)
    let synonyms = matcher.table.synonyms
    guard let lexeme = notes.lexeme else {
      let advice = lexemes.count == 1 ? synonyms.advice(onAnyWord: beginning) : nil
      return .incomplete(end, notes.expected, advice)
    }
    let word = matcher.word(lexeme)
    guard lexeme.kind.isWord else { return .unexpectedComma(word.span, notes.expected) }
    let typed = word.bareText
    let near = typed.flatMap { DidYouMean.nearest(to: $0, among: keywords) }
    if notes.index == 0 { return .noStatement(word, near, synonyms.advice(onStatement: beginning)) }
    if notes.index == 1 {
      let known = synonyms.advice(onWords: beginning)
      if let advice = known ?? (near == nil ? synonyms.advice(onAnyWord: beginning) : nil) {
        return .unknownKeyword(word, advice: advice)
      }
    }
    if let near { return .unknownKeyword(word, advice: "did you mean `\(near)`?") }
    return .unexpectedWord(word, notes.expected)
  }
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
