import Synchronization
import WhDomain
import WhSession
import WhSyntax

/// Statements whose output goes to a file or a command.
extension Display {
  func run(_ statement: Statement, in session: Interpreter, into target: OutputTarget) async -> Step {
    if case .newFile(let path) = target.place, outlets?.isFilled(path) ?? false {
      return await fail(.exists(path, target.span))
    }
    let reply: Reply
    do {
      reply = try await session.execute(statement)
    } catch {
      await show(error.diagnostic)
      return Step(failure: error)
    }
    let text = await text(of: reply, in: session, isJSON: target.isJSON)
    if let failure = reply.failure { await show(failure.diagnostic) }
    guard outlets != nil else {
      await show(.note("skipped, because a plan does not write files or run commands: `\(statement.origin.statement)`"))
      return Step(failure: reply.failure)
    }
    let problem = Task.isCancelled ? nil : await deliver(text, to: target)
    if Task.isCancelled { return await fail(.interrupted(target.span), .stopped) }
    if let problem { return await fail(problem) }
    return Step(failure: reply.failure)
  }

  /// What a reply has to show, as for a file: without colours, as wide as it is, with secrets hidden. Remarks go to the
  /// screen.
  private func text(of reply: Reply, in session: Interpreter, isJSON: Bool) async -> String {
    let kept = KeptText()
    let sink = Console(
      terminal: TerminalTraits(), redactor: console.redactor, output: kept.add, error: { _ in true })
    let display = Display(console: sink, session: session, verbosity: verbosity, isInteractive: false)
    let shown = isJSON ? display.inForm(.json) : display
    for output in reply.outputs {
      switch output {
      case .note: await show(output)
      // A script is one in a file too, whatever the session's form is.
      case .script: await display.inForm(.text).show(output)
      default: await shown.show(output)
      }
    }
    return kept.text
  }

  private func deliver(_ text: String, to target: OutputTarget) async -> Diagnostic? {
    guard let outlets else { return nil }
    do throws(FileProblem) {
      switch target.place {
      case .screen: console.print(text, isMasked: true)
      case .newFile(let path), .file(let path): try outlets.write(path, text, .replace)
      case .endOfFile(let path): try outlets.write(path, text, .append)
      case .command(let command):
        let end = await outlets.run(command, text)
        return end == .exited(0) ? nil : .commandFailed(end, target.span)
      }
      return nil
    } catch {
      return .unwritable(target, error)
    }
  }

  private func fail(_ diagnostic: Diagnostic, _ kind: Failure.Kind = .failed) async -> Step {
    await show(diagnostic)
    return Step(failure: Failure(kind, diagnostic))
  }
}

/// A text that is gathered piece by piece.
private final class KeptText: Sendable {
  private let state = Mutex("")

  var text: String { state.withLock(\.self) }

  func add(_ piece: String) -> Bool {
    state.withLock { $0 += piece }
    return true
  }
}

extension OutputTarget {
  fileprivate var name: String {
    switch place {
    case .screen: "the screen"
    case .newFile(let name), .file(let name), .endOfFile(let name), .command(let name): name
    }
  }
}

extension Diagnostic {
  fileprivate static func exists(_ path: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .fileExists, "`\(Printable.escaped(path))` already exists", at: span,
      label: "use `>!` to overwrite it or `>>` to append")
  }

  fileprivate static func unwritable(_ target: OutputTarget, _ problem: FileProblem) -> Diagnostic {
    Diagnostic(
      .unwritableFile, "`\(Printable.escaped(target.name))` can't be written: \(problem.reason)", at: target.span)
  }

  fileprivate static func commandFailed(_ end: CommandEnd, _ span: Span) -> Diagnostic {
    let reason =
      switch end {
      case .exited(let status): "the command exited with status \(status)"
      case .killed(let signal): "the command was killed by signal \(signal)"
      case .notStarted(let reason): "the command did not start: \(reason)"
      }
    return Diagnostic(.commandFailed, reason, at: span)
  }
}
