import WhDomain
import WhSyntax

/// A statement that is ready to run, with its place.
package struct Statement: Sendable {
  package let command: any Runnable
  package let span: Span
  private let origins: Origins
  /// True for a statement of a file that another one includes.
  package let isIncluded: Bool
  /// Nil for a statement that prints as the session does.
  package let printing: OutputTarget?

  init(
    _ command: any Runnable, _ span: Span, _ origins: Origins, isIncluded: Bool = false, printing: OutputTarget? = nil
  ) {
    self.printing = printing
    self.command = command
    self.span = span
    self.origins = origins
    self.isIncluded = isIncluded
  }

  /// Where it stands, and what it says in canonical form without its secrets. It is written when it is asked for.
  package var origin: Origin { origins.origin(of: span) }

  /// The statement as far as it changes nothing: no webhook, no file, and by no command.
  package var harmless: Statement? {
    if let printing, !printing.isOnScreen { return nil }
    return command.harmless.map { Statement($0, span, origins) }
  }

  /// False for a statement that does not belong in a transcript, because a run must continue after it.
  package var isRecorded: Bool { command.work.kind != .ends }
}

extension Statement {
  /// True for a statement that judges what it finds, which a report names.
  package var isExpectation: Bool { command.work.kind == .looks }
}

/// A text that was read: its statements and all of its errors.
package struct Script: Sendable {
  package var statements: [Statement] = []
  package var diagnostics: [Diagnostic] = []
  /// The scope after the last statement.
  package var scope: Scope
  package var isIncomplete = false
  package var inclusions = Inclusions()

  /// At most this many errors, and this many warnings, are shown; the rest are counted.
  static let mostProblems = 100

  /// Leaves of the errors and of the warnings the first ones, and counts the rest.
  mutating func foldProblems() {
    guard diagnostics.count > Self.mostProblems else { return }
    for severity in [Diagnostic.Severity.error, .warning] {
      let all = diagnostics.filter { $0.severity == severity }
      guard all.count > Self.mostProblems + 1 else { continue }
      let rest = all[Self.mostProblems...]
      var left = Self.mostProblems
      diagnostics.removeAll { diagnostic in
        guard diagnostic.severity == severity else { return false }
        left -= 1
        return left < 0
      }
      diagnostics.append(.further(rest.count, rest[rest.startIndex].span, severity))
    }
  }

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// True if the only error is that a file can't be read.
  package var isUnreadable: Bool {
    let errors = diagnostics.filter { $0.severity == .error }
    return !errors.isEmpty && errors.allSatisfy { $0.code == .unreadableFile }
  }
}

extension Diagnostic {
  static func further(_ count: Int, _ span: Span, _ severity: Severity) -> Diagnostic {
    let noun = severity == .error ? "errors" : "warnings"
    return Diagnostic(
      .furtherProblems, "and \(count) more \(noun) from here on", at: span, severity: severity)
  }
}

/// The files that were read into a script.
package struct Inclusions: Sendable {
  /// Each once, in the order in which they were first read.
  package private(set) var sources: [Source] = []
  private var names: Set<String> = []
  /// How many were read, one as often as it is included.
  var count = 0

  mutating func add(_ source: Source) {
    if names.insert(source.name).inserted { sources.append(source) }
  }
}
