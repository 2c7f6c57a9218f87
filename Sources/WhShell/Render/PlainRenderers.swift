import WhSession

/// Renders for files: without colours, and not cut to a width.
struct PlainRenderers: Sendable {
  private let text: TextRenderer
  private let json: JSONRenderer
  let redactor: Redactor

  /// - Parameter isInteractive: true where confirmations are results, as at a prompt.
  init(_ redactor: Redactor, verbosity: Verbosity, isInteractive: Bool) {
    self.redactor = redactor
    let nowhere = Console(
      terminal: TerminalTraits(), redactor: redactor, output: { _ in true }, error: { _ in true })
    text = TextRenderer(nowhere, verbosity: isInteractive ? .normal : verbosity, isInteractive: isInteractive)
    json = JSONRenderer(nowhere, verbosity: verbosity)
  }

  func render(_ shown: Shown, _ form: SessionOptions.OutputForm) -> Rendering {
    form == .json ? json.render(shown) : text.render(shown)
  }

  /// What goes to standard output, with its secrets hidden.
  func output(of shown: Shown, _ form: SessionOptions.OutputForm) -> String {
    render(shown, form).output(redactor)
  }
}

extension Rendering {
  /// The text for standard output, with its secrets hidden.
  func output(_ redactor: Redactor) -> String { isMasked ? output : redactor.redact(output) }
}
