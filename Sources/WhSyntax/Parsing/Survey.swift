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
    let lexed = Lexer.lex(source)
    var survey = Survey(comments: lexed.tokens.filter(\.isComment).map(\.span))
    for statement in Self.statements(of: lexed.tokens, in: source) where statement.tokens.count <= Self.mostWords {
      var matcher = Matcher(table, statement.tokens, end: statement.end)
      let isRead = table.entries.indices.contains { matcher.match(command: $0) != nil }
      survey.roles += isRead ? matcher.state.roles : matcher.furthestRoles
      if !isRead, survey.error == nil { survey.error = matcher.furthestToken?.span }
    }
    // What is not closed yet may be so when more is typed.
    let written = lexed.diagnostics.first { ![.unclosedQuote, .unclosedVariable, .nothingToJoin].contains($0.code) }?
      .span
    if let written, written.range.lowerBound < survey.error?.range.lowerBound ?? .max { survey.error = written }
    return survey
  }
}
