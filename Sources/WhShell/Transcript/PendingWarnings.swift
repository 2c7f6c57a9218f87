import WhSession
import WhSyntax

/// What was wrong with statements that run all the same, kept until they do.
struct PendingWarnings: Sendable {
  private var warnings: [Diagnostic] = []

  mutating func add(_ diagnostics: [Diagnostic]) { warnings += diagnostics }

  /// Takes out those of a statement that begins.
  mutating func take(of statement: Statement) -> [Diagnostic] {
    let (source, range) = (statement.span.source, statement.span.range)
    let isOfStatement = { (warning: Diagnostic) in
      warning.span.source === source && range.contains(warning.span.range.lowerBound)
    }
    defer { warnings.removeAll(where: isOfStatement) }
    return warnings.filter(isOfStatement)
  }
}
