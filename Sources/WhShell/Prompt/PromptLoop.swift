import Synchronization
import WhDomain
import WhSession
import WhSyntax

/// The conversation at a terminal: reads lines, runs them, and lets no error end it.
package struct PromptLoop: Sendable {
  private let session: Interpreter
  private let display: Display
  private let binder: Binder
  private let reader: any LineReader
  private let completion: CompletionSource
  private let interruption: Interruption
  /// What runs before the first prompt.
  private let start: Source?

  package init(
    session: Interpreter, display: Display, binder: Binder, reader: any LineReader, completion: CompletionSource,
    interruption: Interruption, start: Source? = nil
  ) {
    self.start = start
    self.session = session
    self.display = display
    self.binder = binder
    self.reader = reader
    self.completion = completion
    self.interruption = interruption
  }

  package func run() async -> BatchResult {
    var pending: [String] = []
    var typed: [TypedLine] = []
    let (reader, display) = (reader, display)
    await session.answerQuestions { await Self.ask($0, reader, display) }
    var place: Place?
    if await runStart() { return BatchResult() }
    if start != nil, let recorder = display.recorder { recorder.setOut(from: await session.setting()) }
    await refreshCompletion(&place)
    while true {
      let event: LineEvent
      let prompt = await prompt(isContinuation: !pending.isEmpty)
      let asked = display.recorder?.now ?? 0
      do {
        event = try await reader.readLine(prompt: prompt)
      } catch {
        display.console.printError("error: the terminal can't be read: \(error)\n")
        return BatchResult(failure: .failed)
      }
      switch event {
      case .interrupted: (pending, typed) = ([], [])
      case .endOfInput:
        if await mayLeave() { return BatchResult() }
        (pending, typed) = ([], [])
      case .line(let line):
        pending.append(line)
        typed.append(TypedLine(prompt: prompt, text: line, asked: asked, given: display.recorder?.now ?? 0))
        let text = pending.joined(separator: "\n")
        let source = Source(name: "prompt", text: text)
        let script = binder.bind(source, in: await session.currentScope())
        if script.isIncomplete { continue }
        pending = []
        reader.addHistory(text)
        display.recorder?.typed(typed)
        typed = []
        await display.show(problemsOf: script, typed: source)
        if script.statements.isEmpty, !script.hasErrors { display.recorder?.remark(text) }
        if await run(script), await mayLeave() { return BatchResult() }
        await refreshCompletion(&place)
      }
    }
  }

  /// Runs the start-up script: an error is told, and what stands below it runs all the same. True when it asks to leave.
  private func runStart() async -> Bool {
    guard let start else { return false }
    // A transcript has what comes of it, and not its statements, whose file names are relative to another folder.
    let unrecorded = display.unrecorded
    let script = binder.bind(start, in: await session.currentScope())
    for diagnostic in script.diagnostics { await unrecorded.show(diagnostic) }
    if script.hasErrors { return false }
    for statement in script.statements {
      let step = await interruption.guarding { await unrecorded.run(statement, in: session) }
      if step.isQuitting { return true }
    }
    return false
  }

  /// Runs what was typed; true when it asks to leave. After an error the rest of the line is dropped, unless told otherwise.
  private func run(_ script: Script) async -> Bool {
    if script.hasErrors { return false }
    for statement in script.statements {
      let step = await interruption.guarding { await display.run(statement, in: session) }
      if step.isQuitting { return true }
      if let failure = step.failure, await session.stops(after: failure) {
        display.recorder?.abandon(after: statement)
        reader.discardPendingInput()
        return false
      }
    }
    return false
  }

  /// Asks first when edits are staged.
  private func mayLeave() async -> Bool {
    let count = await session.uncommitted().changes
    guard count > 0 else { return true }
    let subject = count.counting("staged change is", "staged changes are")
    let them = count.noun("it", "them")
    reader.discardPendingInput()
    let question = Prompt("\(subject) not committed. Leave and drop \(them)? [y/N] ")
    switch try? await reader.readLine(prompt: question) {
    case .line(let answer)?: return ["y", "yes"].contains(answer.lowercased())
    case .interrupted?: return false
    case .endOfInput?, nil: return true
    }
  }

  private static func ask(_ question: Question, _ reader: any LineReader, _ display: Display) async -> Bool {
    reader.discardPendingInput()
    switch question {
    case .protected(let profile, let plan):
      await display.paged { await display.show(.diff(plan)) }
      let prompt = Prompt([
        Prompt.Segment("The profile "), Prompt.Segment(profile, Prompt.Style(colour: .red, bold: true)),
        Prompt.Segment(" is protected. Type its name to send this: "),
      ])
      guard case .line(let answer)? = try? await reader.readLine(prompt: prompt) else { return false }
      return answer == profile
    case .deletions(let count):
      let prompt = Prompt("This deletes \(count.counting("webhook")). Go on? [y/N] ")
      return await isYes(prompt, reader)
    }
  }

  /// Ctrl-C, Ctrl-D and anything but a yes are a no.
  private static func isYes(_ prompt: Prompt, _ reader: any LineReader) async -> Bool {
    guard case .line(let answer)? = try? await reader.readLine(prompt: prompt) else { return false }
    return ["y", "yes"].contains(answer.lowercased())
  }

  /// The most runs that Tab offers.
  private static let mostRuns = 50

  /// Gets Tab ready. The journal is only looked at when there may be another run.
  private func refreshCompletion(_ last: inout Place?) async {
    let snapshot = await session.snapshot()
    let place = Place(profile: snapshot.profile, host: snapshot.host, run: await session.runNumber())
    completion.update(snapshot, runs: place == last ? nil : await session.newestRuns(limit: Self.mostRuns))
    last = place
  }

  /// What runs are known by: those of another profile, and a new one, are others.
  private struct Place: Equatable {
    let profile: String?
    let host: String?
    let run: Int?
  }

  private func prompt(isContinuation: Bool) async -> Prompt {
    PromptText(await session.snapshot()).prompt(isContinuation: isContinuation)
  }
}
