import WhSession
import WhSyntax

/// What a display tells a recorder.
extension Display {
  /// Shows what is wrong with a text. With an error it is not run, and a transcript keeps it as refused.
  ///
  /// - Parameter typed: the text, where it was typed as a whole; else its lines with errors stand for it.
  package func show(problemsOf script: Script, typed: Source? = nil) async {
    var problems: [(span: Span, printing: Printing)] = []
    for diagnostic in script.diagnostics {
      await showUnrecorded(diagnostic)
      if script.hasErrors, diagnostic.severity == .warning { continue }
      guard recorder?.isRecording == true else { continue }
      let isElsewhere = typed.map { $0 !== diagnostic.span.source } ?? false
      problems.append((diagnostic.span, await printing(diagnostic, isElsewhere: isElsewhere)))
    }
    guard let recorder, !problems.isEmpty else { return }
    guard script.hasErrors else { return recorder.warn(problems) }
    if let typed { return recorder.refuse(typed.text(0..<typed.bytes.count), problems.map(\.printing)) }
    var rest = problems[...]
    while let (span, _) = rest.first {
      let line = span.source.line(at: span.range.lowerBound)
      let ofLine = rest.prefix { $0.span.source === span.source && $0.span.range.lowerBound <= line.upperBound }
      recorder.refuse(span.source.text(line), ofLine.map(\.printing))
      rest = rest.dropFirst(ofLine.count)
    }
  }

  /// Keeps what was shown, where a recording is made.
  func record(_ render: @Sendable (any Renderer) -> Rendering) async {
    if let recorder, recorder.isRecording { recorder.note(await printing(render)) }
  }

  /// What a recording keeps of an output: as shown, and as a transcript has it.
  private func printing(_ render: @Sendable (any Renderer) -> Rendering) async -> Printing {
    let renderer = await renderer
    let kept = render(renderer is JSONRenderer ? renderer : plain)
    let shown = recorder?.keepsScreen == true ? render(renderer) : Rendering()
    let redactor = console.redactor
    return Printing(
      shown: shown.output(redactor) + redactor.redact(shown.error),
      lines: PrintedLine.lines(kept.output(redactor), .output)
        + PrintedLine.lines(redactor.redact(kept.error), .error))
  }

  /// What a recording keeps of a diagnostic. The statement stands right above it, so a transcript does not draw it.
  ///
  /// - Parameter isElsewhere: true where another text has the error than the one above.
  func printing(_ diagnostic: Diagnostic, isElsewhere: Bool = false) async -> Printing {
    let rendering = await renderer.render(diagnostic)
    let redactor = console.redactor
    let (line, column) = diagnostic.span.position
    var texts = ["\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]: \(diagnostic.message)"]
    if isElsewhere { texts.append("  --> \(diagnostic.span.source.name):\(line):\(column)") }
    texts += ([diagnostic.label].compactMap(\.self) + diagnostic.notes).map { "  " + $0 }
    let output = PrintedLine.lines(rendering.output(redactor), .output)
    return Printing(
      shown: rendering.output(redactor) + redactor.redact(rendering.error),
      lines: output + texts.map { PrintedLine(.error, Printable.escaped(redactor.redact($0))) })
  }
}

extension Rendering {
  /// The text for standard output, with its secrets hidden.
  fileprivate func output(_ redactor: Redactor) -> String { isMasked ? output : redactor.redact(output) }
}
