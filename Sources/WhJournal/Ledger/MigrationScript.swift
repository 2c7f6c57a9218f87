/// A script of a folder in its current state.
package struct MigrationScript: Hashable, Sendable {
  /// The file's name, without the folder.
  package let name: String
  /// `ScriptHash` of its text.
  package let sha256: String

  package init(name: String, sha256: String) {
    self.name = name
    self.sha256 = sha256
  }
}
