import Synchronization
import WhDomain
import WhSession
import WhSyntax

/// The conversation at a terminal: reads lines, runs them, and lets no error end it.
package struct PromptLoop: Sendable {
  private let runner: Runner
  private let console: Console
  private let reader: any LineReader
  private let completion: CompletionSource
  private let interruption: Interruption
  /// Seconds since some moment, for the lines of a recording.
  private let now: @Sendable () -> Double
  /// True where nothing is asked before a commit, since the command line said yes to all of it.
  private let answersYes: Bool
  /// What runs before the first prompt.
  private let start: Source?

  private var session: Interpreter { runner.session }

  package init(
    _ runner: Runner, console: Console, reader: any LineReader, completion: CompletionSource,
    interruption: Interruption, now: @escaping @Sendable () -> Double, start: Source? = nil,
    answersYes: Bool = false
  ) {
    self.answersYes = answersYes
    self.runner = runner
    self.console = console
    self.now = now
    self.start = start
    self.reader = reader
    self.completion = completion
    self.interruption = interruption
  }

  package func run() async -> RunnerResult {
    var pending: [String] = []
    var typed: [TypedLine] = []
    let (reader, runner) = (reader, runner)
    if !answersYes { await session.answerQuestions { await Self.ask($0, reader, runner) } }
    var place: Place?
    if await runStart() { return RunnerResult() }
    await refreshCompletion(&place)
    while true {
      let event: LineEvent
      let prompt = await prompt(isContinuation: !pending.isEmpty)
      let asked = now()
      do {
        event = try await reader.readLine(prompt: prompt)
      } catch {
        console.printError("error: the terminal can't be read: \(error)\n")
        return RunnerResult(failure: .failed)
      }
      switch event {
      case .interrupted: (pending, typed) = ([], [])
      case .endOfInput:
        if await mayLeave() { return RunnerResult() }
        (pending, typed) = ([], [])
      case .line(let line):
        pending.append(line)
        typed.append(TypedLine(prompt: prompt, text: line, asked: asked, given: now()))
        let text = pending.joined(separator: "\n")
        let source = Source(name: "prompt", text: text)
        let script = runner.binder.bind(source, in: await session.currentScope())
        if script.isIncomplete { continue }
        pending = []
        reader.addHistory(text)
        await runner.emit(.typed(typed))
        typed = []
        await runner.emit(.read(script, typed: source))
        if await run(script), await mayLeave() { return RunnerResult() }
        await refreshCompletion(&place)
      }
    }
  }

  /// Runs the start-up script line by line, as if it was typed, unless it says `on error stop`. True when it asks to leave.
  private func runStart() async -> Bool {
    guard let start else { return false }
    await runner.emit(.startUpBegan)
    let script = runner.binder.bind(start, in: await session.currentScope())
    await runner.emit(.read(script, typed: nil))
    let isQuitting = await runLines(of: script, start)
    await runner.emit(.startUpEnded(setting: await session.setting()))
    return isQuitting
  }

  /// Runs what was typed; true when it asks to leave. After an error the rest of the line is dropped, unless told otherwise.
  private func run(_ script: Script) async -> Bool {
    if script.hasErrors { return false }
    let result = await guarded(script.statements)
    if let statement = result.stoppedAt {
      await runner.emit(.abandoned(after: statement))
      reader.discardPendingInput()
    }
    return result.isQuitting
  }

  private func runLines(of script: Script, _ source: Source) async -> Bool {
    // A line with an error does not run; an error in an included file is one of no line of this file.
    let errors = script.diagnostics.filter { $0.severity == .error }
    guard errors.allSatisfy({ $0.span.source === source }) else { return false }
    let wrong = Set(errors.map(\.span.position.line))
    var before = wrong.sorted()[...]
    for line in script.lines {
      while let first = before.first, let here = line.first?.span.position.line, first < here {
        if await session.errorMode() == .stop { return false }
        before.removeFirst()
      }
      if line.contains(where: { wrong.contains($0.span.position.line) }) { continue }
      let result = await guarded(line)
      if result.isQuitting { return true }
      if result.failure == .stopped { return false }
      if result.stoppedAt != nil, await session.errorMode() == .stop { return false }
    }
    return false
  }

  private func guarded(_ statements: [Statement]) async -> RunnerResult {
    await interruption.guarding { [runner] in await runner.run(statements) }
  }

  /// Asks first when edits are staged.
  private func mayLeave() async -> Bool {
    let count = await session.uncommitted().changes
    guard count > 0 else { return true }
    let subject = count.counting("staged change is", "staged changes are")
    let them = count.noun("it", "them")
    reader.discardPendingInput()
    let question = Prompt("\(subject) not committed. Discard \(them) and quit? [y/N] ")
    switch try? await reader.readLine(prompt: question) {
    case .line(let answer)?: return ["y", "yes"].contains(answer.lowercased())
    case .interrupted?: return false
    case .endOfInput?, nil: return true
    }
  }

  private static func ask(_ question: Question, _ reader: any LineReader, _ runner: Runner) async -> Bool {
    reader.discardPendingInput()
    switch question {
    case .protected(let profile, let plan):
      await runner.show(.output(.diff(plan)))
      let prompt = Prompt([
        Prompt.Segment("The profile "), Prompt.Segment(profile, Prompt.Style(colour: .red, bold: true)),
        Prompt.Segment(" is protected. Type its name to confirm: "),
      ])
      guard case .line(let answer)? = try? await reader.readLine(prompt: prompt) else { return false }
      return answer == profile
    case .deletions(let count):
      let prompt = Prompt("This deletes \(count.counting("webhook")). Continue? [y/N] ")
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

extension Script {
  /// The statements of each line; those of an included file belong to the line that includes it.
  fileprivate var lines: [[Statement]] {
    var lines: [[Statement]] = []
    var last: Int?
    for statement in statements {
      let line = statement.isIncluded ? last : statement.span.position.line
      if let line, line == last, !lines.isEmpty {
        lines[lines.count - 1].append(statement)
      } else {
        lines.append([statement])
      }
      last = line
    }
    return lines
  }
}
