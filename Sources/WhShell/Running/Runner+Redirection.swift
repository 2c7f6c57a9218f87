import WhDomain
import WhSession
import WhSyntax

/// Statements whose output goes to a file or a command.
extension Runner {
  func run(_ statement: Statement, into target: OutputTarget) async -> Step {
    if case .newFile(let path) = target.place, redirection?.isFilled(path) ?? false {
      return await fail(.exists(path, target.span))
    }
    let reply: Reply
    do {
      reply = try await session.execute(statement)
    } catch {
      await show(.diagnostic(error.diagnostic))
      return Step(failure: error)
    }
    for warning in reply.warnings { await show(.diagnostic(warning)) }
    let text = await text(of: reply, as: target.form)
    if let failure = reply.failure { await show(.diagnostic(failure.diagnostic)) }
    guard let redirection else {
      let statement = statement.origin.statement
      await show(.output(.note("skipped, because a plan does not write files or run commands: `\(statement)`")))
      return Step(failure: reply.failure)
    }
    let problem = Task.isCancelled ? nil : await redirection.deliver(text, to: target)
    if Task.isCancelled { return await fail(session.interruption(at: target.span), .stopped) }
    if let problem { return await fail(problem, problem.code == .unwritableFile ? .unreadableFile : .failed) }
    return Step(failure: reply.failure)
  }

  /// What a reply has to show, as for a file: without colours, as wide as it is, with secrets hidden. Notes go to the
  /// sinks.
  private func text(of reply: Reply, as form: SessionOptions.OutputForm?) async -> String {
    var text = ""
    for output in reply.outputs {
      switch output {
      case .note: await show(.output(output))
      // A script is one in a file too, whatever the session's form is.
      case .script: text += plain.output(of: .output(output), .text)
      default:
        let standard = await session.currentOptions().output
        text += plain.output(of: .output(output), form ?? standard)
      }
    }
    return text
  }

  private func fail(_ diagnostic: Diagnostic, _ kind: Failure.Kind = .failed) async -> Step {
    await show(.diagnostic(diagnostic))
    return Step(failure: Failure(kind, diagnostic))
  }
}

extension Redirection {
  fileprivate func deliver(_ text: String, to target: OutputTarget) async -> Diagnostic? {
    do throws(FileProblem) {
      switch target.place {
      case .screen: return nil
      case .newFile(let path), .file(let path): try write(path, text, .replace)
      case .endOfFile(let path): try write(path, text, .append)
      case .command(let command):
        return await run(command, text).problem.map { Diagnostic(.commandFailed, $0, at: target.span) }
      }
      return nil
    } catch {
      return .unwritable(target, error)
    }
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
}
