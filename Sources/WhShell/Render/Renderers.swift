import WhSession

/// A renderer for each form of output.
struct Renderers: Sendable {
  private let text: TextRenderer
  /// Lists everything.
  private let wholeText: TextRenderer
  private let json: JSONRenderer
  private let csv: CSVRenderer

  /// Renders as the screen shows it, in its colours and its width.
  ///
  /// - Parameter isInteractive: true where confirmations are results, as at a prompt.
  init(_ console: Console, verbosity: Verbosity, isInteractive: Bool) {
    text = TextRenderer(console, verbosity: verbosity, isInteractive: isInteractive)
    wholeText = TextRenderer(console, verbosity: .verbose, isInteractive: isInteractive)
    json = JSONRenderer(console, verbosity: verbosity)
    csv = CSVRenderer(redactor: console.redactor)
  }

  func render(_ shown: Shown, _ form: SessionOptions.OutputForm) -> Rendering {
    render(shown, as: Presentation(form: form))
  }

  func render(_ shown: Shown, as presentation: Presentation) -> Rendering {
    switch presentation.form {
    case .text: (presentation.isVerbose ? wholeText : text).render(shown)
    case .json: json.render(shown)
    case .csv: csv.render(shown) ?? text.render(shown)
    }
  }
}

/// Renders for files: without colours, and not cut to a width.
struct PlainRenderers: Sendable {
  private let renderers: Renderers
  let redactor: Redactor

  init(_ redactor: Redactor, verbosity: Verbosity, isInteractive: Bool) {
    self.redactor = redactor
    let nowhere = Console(terminal: TerminalTraits(), redactor: redactor, .none)
    renderers = Renderers(nowhere, verbosity: verbosity, isInteractive: isInteractive)
  }

  func render(_ shown: Shown, _ form: SessionOptions.OutputForm) -> Rendering { renderers.render(shown, form) }

  /// What goes to standard output, with its secrets hidden.
  func output(of shown: Shown, _ form: SessionOptions.OutputForm) -> String {
    render(shown, form).output(redactor)
  }
}

extension Rendering {
  /// The text for standard output, with its secrets hidden.
  func output(_ redactor: Redactor) -> String { isMasked ? output : redactor.redact(output) }
}
