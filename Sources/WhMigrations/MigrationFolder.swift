import WhJournal
import WhSession
import WhSyntax

/// The scripts of a folder, in order of their names.
package struct MigrationFolder: Sendable {
  /// As it was named, and as the ledger knows it.
  package let path: String
  package let identity: String
  package let sources: [Source]

  package init(path: String, identity: String, sources: [Source]) {
    self.path = path
    self.identity = identity
    self.sources = sources.sorted { $0.name < $1.name }
  }

  package var scripts: [MigrationScript] { sources.map(script) }

  func script(_ source: Source) -> MigrationScript {
    MigrationScript(name: name(of: source), sha256: ScriptHash.hash(of: source.bytes))
  }

  /// The file's name without the folder.
  func name(of source: Source) -> String {
    source.name.split(separator: "/").last.map(String.init) ?? source.name
  }
}
