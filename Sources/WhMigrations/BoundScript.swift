import WhDomain
import WhJournal
import WhSession
import WhSyntax

/// A script of a folder with its statements.
package struct BoundScript: Sendable {
  package let source: Source
  /// The scripts that it includes.
  let inclusions: [Source]
  /// What the ledger knows it by.
  package let script: MigrationScript
  /// The hash of version 0.1.0, which saw neither a byte order mark nor what the script includes.
  let formerHash: String
  let statements: [Statement]
  /// The variables of the command line that it does not use.
  let unused: Set<String>
  /// What is wrong with it.
  let diagnostics: [Diagnostic]

  init(_ source: Source, _ binder: Binder, in scope: Scope) {
    var scope = scope
    scope.isScript = true
    let bound = binder.bind(source, in: scope)
    self.source = source
    inclusions = bound.inclusions.sources
    script = MigrationScript(
      name: FilePath.name(of: source.name),
      sha256: ScriptHash.hash(of: source.bytes, including: inclusions.map(\.bytes)))
    formerHash = ScriptHash.formerHash(of: source.bytes)
    statements = bound.statements
    unused = Set(bound.scope.unused)
    let strayed = bound.statements.filter { $0.command.choice == .server }.map { Diagnostic.otherProfile($0.span) }
    diagnostics = bound.diagnostics + strayed
  }

  package var name: String { script.name }

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  var commitCount: Int { statements.count { $0.command.work.kind == .commits } }

  var expectationCount: Int { statements.count(where: \.isExpectation) }

  /// The statements that select apps.
  var appChoices: [Statement] { statements.filter { $0.command.choice == .apps } }

  /// The statements as far as they change nothing: no webhook, no file, and by no command.
  var harmless: [Statement] { statements.compactMap(\.harmless) }
}

// MARK: - Wording

extension Diagnostic {
  fileprivate static func otherProfile(_ span: Span) -> Diagnostic {
    Diagnostic(
      .notAvailable, "`use profile` is not allowed in a migration", at: span,
      label: "run `wh migrate up --profile NAME` once for each profile")
  }
}
