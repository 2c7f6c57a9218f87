import WhSession

/// Renders as the screen shows it, in its colours and its width.
struct ScreenRenderers: Sendable {
  private let text: TextRenderer
  private let json: JSONRenderer

  init(_ console: Console, verbosity: Verbosity, isInteractive: Bool) {
    text = TextRenderer(console, verbosity: verbosity, isInteractive: isInteractive)
    json = JSONRenderer(console, verbosity: verbosity)
  }

  func render(_ shown: Shown, _ form: SessionOptions.OutputForm) -> Rendering {
    form == .json ? json.render(shown) : text.render(shown)
  }
}
