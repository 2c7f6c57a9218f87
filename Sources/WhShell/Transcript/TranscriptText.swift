import WhDomain
import WhSession
import WhSyntax

/// What a transcript keeps of what is shown: without colours, uncut, and with as much as a prompt says.
struct TranscriptText: Sendable {
  private let plain: PlainRenderers

  init(_ redactor: Redactor) {
    plain = PlainRenderers(redactor, verbosity: .normal, isInteractive: true)
  }

  func lines(of shown: Shown, _ form: SessionOptions.OutputForm) -> [PrintedLine] {
    if case .diagnostic(let diagnostic) = shown { return lines(of: diagnostic, form) }
    let rendering = plain.render(shown, form)
    return PrintedLine.lines(rendering.output(plain.redactor), .output)
      + PrintedLine.lines(plain.redactor.redact(rendering.error), .error)
  }

  /// The statement stands right above a diagnostic, so a transcript does not draw it.
  ///
  /// - Parameter isElsewhere: true where another text has the error than the one above.
  func lines(
    of diagnostic: Diagnostic, isElsewhere: Bool = false, _ form: SessionOptions.OutputForm
  ) -> [PrintedLine] {
    let (line, column) = diagnostic.span.position
    var texts = ["\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]: \(diagnostic.message)"]
    if isElsewhere { texts.append("  --> \(diagnostic.span.source.name):\(line):\(column)") }
    texts += ([diagnostic.label].compactMap(\.self) + diagnostic.notes).map { "  " + $0 }
    return PrintedLine.lines(plain.output(of: .diagnostic(diagnostic), form), .output)
      + texts.map { PrintedLine(.error, Printable.escaped(plain.redactor.redact($0))) }
  }
}

/// A diagnostic about a text, for a transcript.
struct TextProblem: Sendable {
  let diagnostic: Diagnostic
  /// True where another text has the error than the one that stands above, as one that it includes.
  var isElsewhere = false
}
