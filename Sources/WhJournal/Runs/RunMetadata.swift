/// Who began a run, where, and from what.
package struct RunMetadata: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case commit
    /// Puts back what another run did.
    case undo(of: Int)
  }

  package var kind: Kind
  package var profile: String
  /// The server, as the base url names it.
  package var host: String
  /// The script's name as it was given; nil at the prompt.
  package var script: String?
  /// `ScriptHash` of the script.
  package var scriptSHA256: String?
  package var note: String?
  /// The name of the user of this machine.
  package var user: String
  /// The version of this tool.
  package var version: String
  package var startedAt: Moment

  package init(
    kind: Kind = .commit, profile: String, host: String, script: String? = nil, scriptSHA256: String? = nil,
    note: String? = nil, user: String, version: String, startedAt: Moment
  ) {
    self.kind = kind
    self.profile = profile
    self.host = host
    self.script = script
    self.scriptSHA256 = scriptSHA256
    self.note = note
    self.user = user
    self.version = version
    self.startedAt = startedAt
  }
}
