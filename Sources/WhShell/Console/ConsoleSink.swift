import WhSession
import WhSyntax

/// Prints one form of output, text or JSON, while the session wants that form.
package struct ConsoleSink: EventSink {
  private let console: Console
  private let form: SessionOptions.OutputForm
  private let renderer: any Renderer
  /// Nil where nothing is shown page by page.
  private let pager: Pager?

  private init(_ console: Console, _ form: SessionOptions.OutputForm, _ renderer: any Renderer, _ pager: Pager?) {
    self.console = console
    self.form = form
    self.renderer = renderer
    self.pager = pager
  }

  /// Text for people.
  package static func screen(
    _ console: Console, verbosity: Verbosity, isInteractive: Bool, pager: Pager? = nil
  ) -> ConsoleSink {
    ConsoleSink(
      console, .text, TextRenderer(console, verbosity: verbosity, isInteractive: isInteractive), pager)
  }

  /// Lines of JSON for programs.
  package static func json(_ console: Console, verbosity: Verbosity, pager: Pager? = nil) -> ConsoleSink {
    ConsoleSink(console, .json, JSONRenderer(console, verbosity: verbosity), pager)
  }

  package func receive(_ event: SessionEvent, as presentation: Presentation) async {
    guard presentation.form == form else { return }
    switch event {
    case .shown(let things):
      guard presentation.isPaged, let pager else { return things.forEach(write) }
      console.beginPage()
      things.forEach(write)
      await pager.show(console.endPage(), console)
    case .read(let script, _): for diagnostic in script.diagnostics { write(.diagnostic(diagnostic)) }
    case .leftUncommitted(let diagnostic): write(.diagnostic(diagnostic))
    case .startUpBegan, .startUpEnded, .typed, .began, .ended, .abandoned: return
    }
  }

  private func write(_ shown: Shown) {
    let rendering = renderer.render(shown)
    rendering.writeOutput { console.print($0, isMasked: rendering.isMasked) }
    if !rendering.error.isEmpty { console.printError(rendering.error) }
  }
}
