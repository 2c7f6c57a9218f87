import WhSession
import WhSyntax
import WhTestSupport

/// A text as a session reads it before anything runs.
struct Bound {
  let script: Script
  let redactor = Redactor()

  init(_ text: String, variables: [String: String] = [:], files: [String: String] = [:], isStrict: Bool = false) {
    var scope = Scope(variables: variables)
    scope.isStrict = isStrict
    script = Binder(readFile: FakeWorld(files: files).effects.readFile, redactor: redactor)
      .bind(Source(name: "t.wh", text: text), in: scope)
  }

  /// `warning no-wildcard 1:12`, of each diagnostic.
  var found: [String] {
    script.diagnostics.map { diagnostic in
      let (line, column) = diagnostic.span.position
      return "\(diagnostic.severity.rawValue) \(diagnostic.code.rawValue) \(line):\(column)"
    }
  }

  var labels: [String] { script.diagnostics.compactMap(\.label) }
}
