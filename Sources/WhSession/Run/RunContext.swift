import WhJournal

/// What the journal keeps of where a session's commits come from.
package struct RunContext: Sendable {
  /// Opens the journal, and creates it if missing.
  package var openJournal: @Sendable () async throws(JournalError) -> any RunLog
  /// Opens the journal where there is one.
  package var findJournal: @Sendable () async throws(JournalError) -> (any RunLog)?
  package var user: String
  package var version: String
  package var processID: Int32
  /// The script's name and `ScriptHash`; nil at the prompt.
  package var script: String?
  package var scriptSHA256: String?
  /// What else the journal is to keep with a run.
  package var note: String?
  /// True when a commit may be made although an earlier run is unfinished.
  package var ignoresUnfinished: Bool
  /// The command that finishes a run of a profile on a server, as it is to be typed.
  package var resumeCommand: @Sendable (_ profile: String, _ host: String) -> String
  /// True for a session that sends nothing: it reads the journal, and writes nothing there.
  package var isReadOnly: Bool

  package init(
    openJournal: @escaping @Sendable () async throws(JournalError) -> any RunLog,
    findJournal: @escaping @Sendable () async throws(JournalError) -> (any RunLog)?, user: String, version: String,
    processID: Int32, script: String? = nil, scriptSHA256: String? = nil, ignoresUnfinished: Bool = false,
    isReadOnly: Bool = false,
    resumeCommand: @escaping @Sendable (_ profile: String, _ host: String) -> String = { _, _ in "wh resume" }
  ) {
    self.openJournal = openJournal
    self.findJournal = findJournal
    self.user = user
    self.version = version
    self.processID = processID
    self.script = script
    self.scriptSHA256 = scriptSHA256
    self.ignoresUnfinished = ignoresUnfinished
    self.isReadOnly = isReadOnly
    self.resumeCommand = resumeCommand
  }
}
