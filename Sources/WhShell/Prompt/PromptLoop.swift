import WhDomain
import WhJournal
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
  private let host: (any PromptHost)?

  private var session: Interpreter { runner.session }

  package init(
    _ runner: Runner, console: Console, reader: any LineReader, completion: CompletionSource,
    interruption: Interruption, now: @escaping @Sendable () -> Double, start: Source? = nil,
    answersYes: Bool = false, host: (any PromptHost)? = nil
  ) {
    self.host = host
    self.answersYes = answersYes
    self.runner = runner.repeating { await Self.wait($0, reader, console) }
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
    let questions = PromptQuestions(reader: reader, runner: runner) { await dropTypedAhead() }
    if !answersYes { await session.answerQuestions { await questions.answer($0) } }
    if let host { await session.serve(by: host) }
    var state = Known()
    if await runStart() { return RunnerResult() }
    await refresh(&state)
    while true {
      let event: LineEvent
      let prompt = await prompt(isContinuation: !pending.isEmpty, unfinished: state.unfinished)
      let asked = now()
      do {
        event = try await reader.readLine(prompt: prompt)
      } catch {
        console.printError("error: the terminal can't be read: \(error)\n")
        return RunnerResult(failure: .failed)
      }
      switch event {
      case .interrupted: (pending, typed) = ([], [])
      case .edit(let line):
        await edit((pending + [line]).joined(separator: "\n"))
        (pending, typed) = ([], [])
      case .endOfInput:
        if await mayLeave(questions) { return RunnerResult() }
        (pending, typed) = ([], [])
      case .closed: return RunnerResult()
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
        let begun = now()
        if await run(script, text), await mayLeave(questions) { return RunnerResult() }
        // How long something was watched is known.
        if script.statements.allSatisfy({ $0.command.repetition == nil }) { await tell(seconds: now() - begun) }
        let hasSent = script.statements.contains { $0.command.work.kind == .commits }
        await refresh(&state, hasSent: hasSent)
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

  /// Opens what is being typed in the user's editor, and lets the next line begin with what comes of it.
  private func edit(_ text: String) async {
    guard let host else { return reader.begin(with: text) }
    let problem = await interruption.guarding { () -> FileProblem? in
      do throws(FileProblem) {
        try await host.edit(text)
        return nil
      } catch {
        return error
      }
    }
    guard let problem else { return }
    console.printError("error: the line was not edited: \(Printable.escaped(problem.reason))\n")
    reader.begin(with: text)
    await dropTypedAhead()
  }

  /// Runs what was typed; true when it asks to leave. After an error the rest is dropped, unless told otherwise.
  private func run(_ script: Script, _ text: String) async -> Bool {
    if script.hasErrors {
      let lines = text.split(separator: "\n").count
      if lines > 1 { console.printError("note: none of the \(lines) lines was run\n") }
      if await session.errorMode() != .continue { await dropTypedAhead() }
      return false
    }
    let result = await guarded(script.statements)
    reader.showKeys()
    if let statement = result.stoppedAt {
      await runner.emit(.abandoned(after: statement))
      let rest = script.statements.drop { $0.span != statement.span }.dropFirst().filter { !$0.isIncluded }
      await dropTypedAhead(besides: rest.map(\.span.text))
    }
    return result.isQuitting
  }

  /// How often it is seen whether a key was pressed.
  private static let glance = Duration.milliseconds(50)

  /// Waits before a statement is repeated; false once a key was pressed, which is taken.
  private static func wait(_ pause: Duration, _ reader: any LineReader, _ console: Console) async -> Bool {
    reader.hideKeys()
    console.printError("(any key ends this)\n")
    var left = pause
    while left > .zero {
      if reader.hasPendingInput {
        _ = reader.takePendingInput()
        return false
      }
      do { try await Task.sleep(for: min(left, glance)) } catch { return false }
      left -= glance
    }
    return true
  }

  /// A statement that takes so many seconds says so without being asked.
  private static let slow = 10.0

  private func tell(seconds: Double) async {
    let isTimed = await session.currentOptions().isTimed
    guard isTimed || seconds >= Self.slow else { return }
    let tenths = (seconds * 10).rounded() / 10
    console.printError(seconds < 60 ? "(\(tenths) s)\n" : "(\(TextRenderer.duration(seconds)))\n")
  }

  /// Drops what was typed ahead, because of an error or a question, and names it with what else does not run.
  private func dropTypedAhead(besides rest: [String] = []) async {
    let unrun = UnrunStatements((rest + [reader.takePendingInput()]).joined(separator: "\n"))
    // Their secrets must be known before they are shown.
    _ = runner.binder.bind(unrun.source, in: await session.currentScope())
    if let note = unrun.note(console.redactor) { console.printError("note: \(note)\n") }
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

  private func mayLeave(_ questions: PromptQuestions) async -> Bool {
    await questions.mayLeave(dropping: session.uncommitted().changes)
  }

  /// The most runs that Tab offers, and that are looked at for unfinished ones.
  private static let mostRuns = 50

  /// What is known between two lines.
  private struct Known {
    /// What the runs are those of; nil before they were read.
    var place: Place?
    var unfinished = 0
  }

  /// Gets Tab and the prompt ready. The journal is only looked at if there may be another run, or another state of one.
  private func refresh(_ known: inout Known, hasSent: Bool = false) async {
    let snapshot = await session.snapshot()
    let place = Place(profile: snapshot.profile, host: snapshot.host, run: await session.runNumber())
    let isSame = place == known.place && !hasSent
    let runs = isSame ? nil : await session.newestRuns(limit: Self.mostRuns)
    if let runs { known.unfinished = runs.count { $0.isUnfinished && $0.state != .running } }
    known.place = place
    completion.update(snapshot, runs: runs)
  }

  /// What runs are known by: those of another profile, and a new one, are others.
  private struct Place: Equatable {
    let profile: String?
    let host: String?
    let run: Int?
  }

  private func prompt(isContinuation: Bool, unfinished: Int) async -> Prompt {
    PromptText(await session.snapshot(), unfinished: unfinished).prompt(isContinuation: isContinuation)
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
