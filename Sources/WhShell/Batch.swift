import WhDomain
import WhSession
import WhSyntax

/// How a run ended: the worst that happened, and the changes of a plan.
package struct BatchResult: Sendable {
  /// Nil when all is well.
  package var failure: Failure.Kind?
  package var plan: Plan?

  package init(failure: Failure.Kind? = nil, plan: Plan? = nil) {
    self.failure = failure
    self.plan = plan
  }

  mutating func note(_ kind: Failure.Kind) {
    failure = max(failure ?? kind, kind)
  }
}

/// Runs scripts from their first statement to their last, in one session.
package struct Batch: Sendable {
  let session: Interpreter
  let display: Display
  let binder: Binder

  package init(session: Interpreter, display: Display, binder: Binder) {
    self.session = session
    self.display = display
    self.binder = binder
  }

  /// Reads all sources, then runs them. With an error in any of them nothing runs.
  package func run(_ sources: [Source]) async -> BatchResult {
    var scope = await session.currentScope()
    var statements: [Statement] = []
    var result = BatchResult()
    for source in sources {
      let script = binder.bind(source, in: scope)
      await display.show(problemsOf: script)
      if script.hasErrors { result.note(script.isUnreadable ? .unreadableFile : .script) }
      scope = script.scope
      statements += script.statements
    }
    guard result.failure == nil else { return result }
    await run(statements, &result)
    return result
  }

  /// Runs statements that were read already.
  package func run(_ statements: [Statement]) async -> BatchResult {
    var result = BatchResult()
    await run(statements, &result)
    return result
  }

  private func run(_ statements: [Statement], _ result: inout BatchResult) async {
    var isStopped = false
    for statement in statements {
      guard !Task.isCancelled else {
        await display.show(.interrupted(statement.span))
        result.note(.stopped)
        isStopped = true
        break
      }
      let step = await display.run(statement, in: session)
      if let failure = step.failure {
        result.note(failure.kind)
        if await session.stops(after: failure) || Task.isCancelled {
          isStopped = true
          break
        }
      }
      if step.isQuitting { break }
    }
    let uncommitted = await session.uncommitted()
    // Where a statement stopped the run, that says enough.
    if uncommitted.changes > 0, !isStopped, let last = statements.last {
      await display.showUnrecorded(.uncommitted(uncommitted.changes, uncommitted.origins, last.span))
      result.note(.failed)
    }
  }
}

extension Diagnostic {
  fileprivate static func uncommitted(_ count: Int, _ origins: [Origin], _ span: Span) -> Diagnostic {
    let verb = count.counting("webhook was edited", "webhooks were edited")
    return Diagnostic(
      .uncommittedEdits, "the script ends, and \(verb) without a commit", at: span,
      label: "add `commit`, or `rollback`",
      notes: origins.map { "staged by \($0.source):\($0.line):\($0.column): \($0.statement)" })
  }
}
