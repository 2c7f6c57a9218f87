/// A text as it is shown while it is typed: what its words are, as far as it can be read.
package struct Survey: Sendable {
  package fileprivate(set) var roles: [WordRole] = []
  package fileprivate(set) var comments: [Span] = []
  /// The first place that does not fit; nil if there is none.
  package fileprivate(set) var error: Span?
}

extension Parser {
  /// Of a statement with more words nothing is told.
  private static let mostWords = 200

  package func survey(_ source: Source) -> Survey {
    var lexer = Lexer(source)
    var matcher = Matcher(table, source)
    var survey = Survey()
    while lexer.advance() {
      survey.comments += lexer.lexemes.filter { $0.kind == .comment }.map { Span(source, $0.range) }
      matcher.begin(lexer.lexemes)
      guard let last = matcher.lexemes.last, matcher.lexemes.count <= Self.mostWords else { continue }
      let (match, notes) = matcher.matchNoting(end: last.end)
      survey.roles += match == nil ? notes.furthestRoles : notes.roles
      if match == nil, survey.error == nil { survey.error = notes.lexeme.map { Span(source, $0.range) } }
    }
    // What is not closed yet may be so when more is typed.
    let written = lexer.diagnostics.first { ![.unclosedQuote, .unclosedVariable, .nothingToJoin].contains($0.code) }?
      .span
    if let written, written.range.lowerBound < survey.error?.range.lowerBound ?? .max { survey.error = written }
    return survey
  }
}
