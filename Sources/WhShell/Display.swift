import WhDomain
import WhMigrations
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
  private let session: Interpreter
  private let text: TextRenderer
  private let json: JSONRenderer
  let verbosity: Verbosity
  /// Where output goes that is not for the screen.
  let outlets: Outlets?
  /// Gathers what is shown, where a report is asked for.
  let collector: ReportCollector?
  /// Keeps what is shown, where a transcript is asked for.
  private(set) var recorder: Recorder?
  /// What a transcript keeps has no colours, is not cut to a width, and says as much as a prompt does.
  let plain: TextRenderer
  /// The form, where it is not the session's.
  private var form: SessionOptions.OutputForm?

  package init(
    console: Console, session: Interpreter, verbosity: Verbosity, isInteractive: Bool, outlets: Outlets? = nil,
    collector: ReportCollector? = nil, recorder: Recorder? = nil
  ) {
    self.console = console
    self.recorder = recorder
    self.session = session
    self.verbosity = verbosity
    self.outlets = outlets
    self.collector = collector
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
      await paged { for output in reply.outputs { await show(output) } }
      step.isQuitting = reply.outputs.contains { if case .quit = $0 { true } else { false } }
      step.failure = reply.failure
    } catch {
      step.failure = error
    }
    if let failure = step.failure { await show(failure.diagnostic) }
    return step
  }

  /// Runs a statement and shows its outputs, and its failure where it has one.
  package func run(_ statement: Statement, in session: Interpreter) async -> Step {
    collector?.begin(statement)
    recorder?.begin(statement)
    let step = await runUnreported(statement, in: session)
    recorder?.finish(isFailed: step.failure != nil)
    collector?.end(step.failure)
    return step
  }

  private func runUnreported(_ statement: Statement, in session: Interpreter) async -> Step {
    var display = self
    if let target = statement.printing {
      guard target.isOnScreen else { return await run(statement, in: session, into: target) }
      if target.isJSON { display = inForm(.json) }
    }
    return await display.run { () async throws(Failure) in try await session.execute(statement) }
  }

  /// Shows something, by the pager where it is longer than the screen.
  func paged(_ show: () async -> Void) async {
    guard let pager = outlets?.pager, await session.currentOptions().isPaged else { return await show() }
    console.beginPage()
    await show()
    await pager.show(console.endPage(), console)
  }

  /// A display of which no transcript keeps anything.
  var unrecorded: Display {
    var display = self
    display.recorder = nil
    return display
  }

  func inForm(_ form: SessionOptions.OutputForm) -> Display {
    var display = self
    display.form = form
    return display
  }

  package func show(_ output: Output) async {
    collector?.note(output)
    print(await renderer.render(output))
    await record { $0.render(output) }
  }

  package func show(_ diagnostic: Diagnostic) async {
    await showUnrecorded(diagnostic)
    if let recorder, recorder.isRecording { recorder.note(await printing(diagnostic)) }
  }

  package func show(_ summary: PlanSummary) async {
    collector?.note(summary)
    print(await renderer.render(summary))
    await record { $0.render(summary) }
  }

  /// Shows what a transcript does not keep.
  func showUnrecorded(_ diagnostic: Diagnostic) async {
    collector?.note(diagnostic)
    print(await renderer.render(diagnostic))
  }

  /// Shows what a migration tells.
  package func show(_ event: MigrationEvent) async {
    switch event {
    case .status(let rows): print(await renderer.render(rows))
    case .diagnostic(let diagnostic): await show(diagnostic)
    case .outOfOrder(let script, let last):
      await show(.note("\(script) is pending, and comes before \(last), which was applied already"))
    case .identified(let file): await show(.note("wrote \(file): commit it with the scripts"))
    case .applying, .catchingUp, .finishing, .verified, .expectsNothing, .baselined, .nothingPending:
      if let text = event.text { await show(.text(text)) }
    }
  }

  var renderer: any Renderer {
    get async {
      let options = await session.currentOptions()
      return (form ?? options.output) == .json ? json : text
    }
  }

  private func print(_ rendering: Rendering) {
    rendering.writeOutput { console.print($0, isMasked: rendering.isMasked) }
    if !rendering.error.isEmpty { console.printError(rendering.error) }
  }
}

// MARK: - Wording

extension MigrationEvent {
  /// What is said of the event; nil for one that is shown otherwise.
  fileprivate var text: String? {
    switch self {
    case .status, .diagnostic, .outOfOrder, .identified: nil
    case .applying(let script): "\(script): applying"
    case .catchingUp(let script): "\(script): catching up"
    case .finishing(let script, let run): "\(script): finishing run \(run)"
    case .verified(let script, let isAsExpected): "\(script): \(isAsExpected ? "as expected" : "not as expected")"
    case .expectsNothing(let script): "\(script): expects nothing"
    case .baselined(let count): "\(count.counting("script counts", "scripts count")) as applied"
    case .nothingPending: "nothing is pending"
    }
  }
}
