/// Something that is wrong with a text, or that went wrong when a statement ran: a value with a place.
package struct Diagnostic: Error, Sendable {
  package enum Severity: String, Sendable {
    case error, warning
  }

  package let severity: Severity
  package let code: DiagnosticCode
  /// One sentence without a full stop.
  package let message: String
  package let span: Span
  /// The text next to the caret: what was expected, or the fix.
  package let label: String?
  /// Further lines below, each a sentence.
  package let notes: [String]

  package init(
    _ code: DiagnosticCode, _ message: String, at span: Span, label: String? = nil, notes: [String] = [],
    severity: Severity = .error
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.span = span
    self.label = label
    self.notes = notes
  }

  /// The same as a warning.
  package var asWarning: Diagnostic {
    Diagnostic(code, message, at: span, label: label, notes: notes, severity: .warning)
  }
}
