import WhDomain
import WhSyntax

/// The scripts of a folder, in the order of their names.
package struct MigrationFolder: Sendable {
  /// As it was named.
  package let path: String
  /// What the ledger knows it by; nil for a folder that was not applied yet.
  package let identity: FolderIdentity?
  /// The absolute path, by which version 0.1.0 knew it.
  package let absolutePath: String
  package let sources: [Source]

  package init(path: String, identity: FolderIdentity?, absolutePath: String, sources: [Source]) {
    self.path = path
    self.identity = identity
    self.absolutePath = absolutePath
    self.sources = sources.sorted { $0.name < $1.name }
  }

  var names: [String] { sources.map { FilePath.name(of: $0.name) } }
}
