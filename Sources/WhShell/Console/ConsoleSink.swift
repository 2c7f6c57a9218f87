import WhSession
import WhSyntax

/// Prints on the console, in the form of output that the session wants.
package struct ConsoleSink: EventSink {
  private let console: Console
  private let renderers: Renderers
  /// Nil where nothing is shown page by page.
  private let pager: Pager?

  /// - Parameter isInteractive: true where confirmations are results, as at a prompt.
  package init(_ console: Console, verbosity: Verbosity, isInteractive: Bool, pager: Pager? = nil) {
    self.console = console
    self.pager = pager
    renderers = Renderers(console, verbosity: verbosity, isInteractive: isInteractive)
  }

  package func receive(_ event: SessionEvent, as presentation: Presentation) async {
    func write(_ shown: Shown) { self.write(shown, presentation) }
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

  private func write(_ shown: Shown, _ presentation: Presentation) {
    let rendering = renderers.render(shown, as: presentation)
    rendering.writeOutput { console.print($0, isMasked: rendering.isMasked) }
    if !rendering.error.isEmpty { console.printError(rendering.error) }
  }
}
