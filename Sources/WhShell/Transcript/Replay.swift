import WhSession
import WhSyntax

/// Runs a transcript again.
package struct Replay: Sendable {
  /// The outcome of a statement of the transcript.
  package struct Step: Sendable {
    package let entry: Transcript.Entry
    let printed: [PrintedLine]
    package let failure: Failure.Kind?
  }

  private let transcript: Transcript
  private let folder: String
  /// True where values are made up for those that were withheld.
  private let fillsSecrets: Bool
  /// True where the statements are shown before what they print.
  private let showsStatements: Bool

  /// - Parameter folder: what the file names of the transcript are relative to.
  package init(_ transcript: Transcript, folder: String, fillsSecrets: Bool, showsStatements: Bool) {
    self.transcript = transcript
    self.folder = folder
    self.fillsSecrets = fillsSecrets
    self.showsStatements = showsStatements
  }

  /// Runs one of the transcript's sessions, up to a point where it cannot continue. Its last steps may be missing.
  ///
  /// - Parameters:
  ///   - capture: one of the runner's sinks.
  ///   - summary: what the session would have sent, where nothing is sent.
  package func run(
    _ part: Transcript.Part, by runner: Runner, on console: Console, capture: CaptureSink,
    summary: @Sendable () async -> PlanSummary?
  ) async -> [Step] {
    var steps: [Step] = []
    for entry in part.entries {
      guard !Task.isCancelled else { break }
      let isLast = entry.line == part.entries.last?.line
      if showsStatements, entry.isRecorded {
        console.print(
          entry.text.split(separator: "\n").map { "wh> " + Printable.escaped(String($0)) + "\n" }.joined())
      }
      let result = await run(entry, part.mode, runner)
      if isLast, let summary = await summary() { await runner.show(.summary(summary)) }
      steps.append(Step(entry: entry, printed: capture.take(), failure: result.failure))
      if result.isQuitting { break }
      if let failure = result.failure, failure > .unreadableFile, !entry.isFailed { break }
    }
    return steps
  }

  private func run(_ entry: Transcript.Entry, _ mode: Transcript.Mode, _ runner: Runner) async -> RunnerResult {
    let redactor = runner.session.redactor
    let text = fillsSecrets ? SecretMarks.filled(entry.text) { Self.madeUp($0, redactor) } : entry.text
    // At a prompt equal lines are one statement in what `status` lists, so each stands where it stood there.
    let source = Source(
      name: mode == .prompt ? "prompt" : transcript.name, bytes: Array(text.utf8), folder: folder,
      firstLine: mode == .prompt ? 1 : entry.line)
    let script = runner.binder.bind(source, in: await runner.session.currentScope())
    await runner.emit(.read(script, typed: source))
    if script.hasErrors { return RunnerResult(failure: script.isUnreadable ? .unreadableFile : .script) }
    return await runner.run(script.statements)
  }

  private static func madeUp(_ number: Int, _ redactor: Redactor) -> String {
    let value = "withheld-value-\(number)"
    redactor.learn(value)
    return value
  }

  /// True where the transcript has secrets in it that were withheld.
  package var lacksSecrets: Bool {
    transcript.parts.contains { $0.entries.contains { !SecretMarks.marks(in: $0.text).isEmpty } }
  }
}
