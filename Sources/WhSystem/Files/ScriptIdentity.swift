import WhJournal
import WhSyntax

/// What a run's scripts are called and known by.
package struct ScriptIdentity: Sendable {
  package let name: String
  package let sha256: String

  package init(name: String, sha256: String) {
    self.name = name
    self.sha256 = sha256
  }

  /// Several scripts in one session are one run.
  package init(_ sources: [Source]) {
    name = sources.map(\.name).joined(separator: " ")
    sha256 = ScriptHash.hash(of: Array(sources.map(\.bytes).joined()))
  }
}
