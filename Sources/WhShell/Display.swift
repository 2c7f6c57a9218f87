import WhSession
import WhSyntax

/// Shows what statements give back, in the form that the session is set to.
package struct Display: Sendable {
  /// What became of a statement.
  package struct Step: Sendable {
    package var failure: Failure?
    package var isQuitting = false
  }

  package let console: Console
  private let session: Session
  private let text: TextRenderer
  private let json: JSONRenderer
  /// Keeps what is shown, where a transcript is asked for.
  let recorder: Recorder?
  /// What a transcript keeps has no colours, is not cut to a width, and says as much as a prompt does.
  private let plain: TextRenderer

  package init(
    console: Console, session: Session, verbosity: Verbosity, isInteractive: Bool, recorder: Recorder? = nil
  ) {
    self.console = console
    self.session = session
    self.recorder = recorder
    text = TextRenderer(console, verbosity: verbosity, isInteractive: isInteractive)
    json = JSONRenderer(console, verbosity: verbosity)
    let nowhere = Console(
      terminal: TerminalTraits(), redactor: console.redactor, output: { _ in true }, error: { _ in true })
    plain = TextRenderer(nowhere, verbosity: .normal, isInteractive: true)
  }

  /// Does what gives outputs as a statement does, and shows them, and its failure where it has one.
  package func run(_ work: @Sendable () async throws(Failure) -> Reply) async -> Step {
    var step = Step()
    do {
      let reply = try await work()
      for output in reply.outputs {
        await show(output)
        if case .quit = output { step.isQuitting = true }
      }
      step.failure = reply.failure
    } catch {
      step.failure = error
    }
    if let failure = step.failure { await show(failure.diagnostic) }
    return step
  }

  /// Runs a statement and shows its outputs, and its failure where it has one.
  package func run(_ statement: Statement, in session: Session) async -> Step {
    recorder?.begin(statement)
    let step = await run { () async throws(Failure) in try await session.execute(statement) }
    recorder?.finish(isFailed: step.failure != nil)
    return step
  }

  package func show(_ output: Output) async { await show { $0.render(output) } }

  package func show(_ diagnostic: Diagnostic) async {
    print(await renderer.render(diagnostic))
    if let recorder, recorder.isRecording { recorder.note(await printing(diagnostic)) }
  }

  package func show(_ summary: PlanSummary) async { await show { $0.render(summary) } }

  /// Shows what is wrong with a text. With an error it is not run, and a transcript keeps it as refused.
  ///
  /// - Parameter typed: the text, where it was typed as a whole; else its lines with errors stand for it.
  package func show(problemsOf script: Script, typed: Source? = nil) async {
    var problems: [(span: Span, printing: Printing)] = []
    for diagnostic in script.diagnostics {
      print(await renderer.render(diagnostic))
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

  /// Shows what a transcript does not keep.
  func showUnrecorded(_ diagnostic: Diagnostic) async { print(await renderer.render(diagnostic)) }

  package func show(_ rows: [MigrationRow]) async { print(await renderer.render(rows)) }

  private var renderer: any Renderer {
    get async { await session.currentOptions().output == .json ? json : text }
  }

  private func show(_ render: @Sendable (any Renderer) -> Rendering) async {
    print(render(await renderer))
    if let recorder, recorder.isRecording { recorder.note(await printing(render)) }
  }

  /// What a recording keeps of an output: as shown, and as a transcript has it.
  private func printing(_ render: @Sendable (any Renderer) -> Rendering) async -> Printing {
    let renderer = await renderer
    let kept = render(renderer is JSONRenderer ? renderer : plain)
    let shown = recorder?.keepsScreen == true ? render(renderer) : Rendering()
    let redactor = console.redactor
    return Printing(
      shown: redactor.redact(shown.output + shown.error),
      lines: PrintedLine.lines(redactor.redact(kept.output), .output)
        + PrintedLine.lines(redactor.redact(kept.error), .error))
  }

  /// What a recording keeps of a diagnostic. The statement stands right above it, so a transcript does not draw it.
  ///
  /// - Parameter isElsewhere: true where another text has the error than the one above.
  private func printing(_ diagnostic: Diagnostic, isElsewhere: Bool = false) async -> Printing {
    let rendering = await renderer.render(diagnostic)
    let redactor = console.redactor
    let (line, column) = diagnostic.span.position
    var texts = ["\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]: \(diagnostic.message)"]
    if isElsewhere { texts.append("  --> \(diagnostic.span.source.name):\(line):\(column)") }
    texts += ([diagnostic.label].compactMap(\.self) + diagnostic.notes).map { "  " + $0 }
    let output = PrintedLine.lines(redactor.redact(rendering.output), .output)
    return Printing(
      shown: redactor.redact(rendering.output + rendering.error),
      lines: output + texts.map { PrintedLine(.error, Printable.escaped(redactor.redact($0))) })
  }

  private func print(_ rendering: Rendering) {
    rendering.writeOutput { console.print($0) }
    if !rendering.error.isEmpty { console.printError(rendering.error) }
  }
}
