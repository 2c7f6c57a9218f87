import WhDomain
import WhSyntax

/// Says where statements stand and what they say, for plans, reports and the journal.
final class Origins: Sendable {
  private let parser: Parser
  private let redactor: Redactor

  init(_ parser: Parser, _ redactor: Redactor) {
    self.parser = parser
    self.redactor = redactor
  }

  /// - Parameter span: that of a statement that was read.
  func origin(of span: Span) -> Origin {
    let (line, column) = span.position
    let text = parser.statement(at: span).map(Formatter.text) ?? span.text
    return Origin(source: span.source.name, line: line, column: column, statement: redactor.redact(text))
  }
}
