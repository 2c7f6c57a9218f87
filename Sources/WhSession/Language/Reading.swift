import WhDomain
import WhSyntax

/// What the statements of a text share while they are read, one after the other: the scope that each of them may change, and what
/// the current one is warned of.
final class Reading {
  var scope: Scope
  let vocabulary: Vocabulary
  let redactor: Redactor
  let readFile: @Sendable (_ path: String) throws(FileProblem) -> [UInt8]
  /// The warnings of the current statement, so many of them as are shown.
  private(set) var warnings: [Diagnostic] = []
  /// How many more there are.
  private(set) var unshown = 0

  init(
    _ scope: Scope, _ vocabulary: Vocabulary, _ redactor: Redactor,
    readFile: @escaping @Sendable (_ path: String) throws(FileProblem) -> [UInt8]
  ) {
    self.scope = scope
    self.vocabulary = vocabulary
    self.redactor = redactor
    self.readFile = readFile
  }

  func beginStatement() {
    guard !warnings.isEmpty || unshown > 0 else { return }
    warnings = []
    unshown = 0
  }

  /// - Parameter warning: made only if it is shown.
  func warn(_ warning: @autoclosure () -> Diagnostic) {
    if warnings.count < Script.mostProblems { warnings.append(warning()) } else { unshown += 1 }
  }
}
