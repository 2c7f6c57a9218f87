import WhDomain
import WhJournal

/// What the journal keeps of where a session's commits come from.
package struct RunContext: Sendable {
  /// This process, as the journal and other processes know it.
  struct Writer: Sendable {
    /// Asks the system, which reads files for it.
    private let findUser: @Sendable () -> String
    let processID: Int32
    /// The name of the machine, where the journal may be one that others share.
    let machine: String?

    init(user: @escaping @Sendable () -> String, processID: Int32, machine: String?) {
      findUser = user
      self.processID = processID
      self.machine = machine
    }

    var user: String { findUser() }
  }

  /// Which lock is taken, and how long it is waited for.
  struct Locking: Sendable {
    /// The share of the apps that the session keeps to; nil for all of them.
    let shard: Shard?
    let timeout: Duration
  }

  /// Opens the journal of a profile, or of the session's start without one, and creates it if missing.
  package var openJournal: @Sendable (_ profile: String?) async throws(JournalError) -> any RunLog
  /// Opens it where there is one.
  package var findJournal: @Sendable (_ profile: String?) async throws(JournalError) -> (any RunLog)?
  let writer: Writer
  let locking: Locking
  package var version: String
  /// The script's name and `ScriptHash`; nil at the prompt.
  package var script: String?
  package var scriptSHA256: String?
  /// What else the journal is to keep with a run.
  package var note: String?
  /// True when a commit may be made although an earlier run is unfinished.
  package var ignoresUnfinished: Bool
  /// The command that finishes a run of a profile on a server, as it is to be typed. A run that was abandoned has to be named.
  package var resumeCommand: @Sendable (_ run: Int?, _ profile: String, _ host: String) -> String
  /// True for a session that sends nothing: it reads the journal, and writes nothing there.
  package var isReadOnly: Bool

  /// - Parameter user: asked for when it is to be written down.
  package init(
    openJournal: @escaping @Sendable (_ profile: String?) async throws(JournalError) -> any RunLog,
    findJournal: @escaping @Sendable (_ profile: String?) async throws(JournalError) -> (any RunLog)?,
    user: @escaping @autoclosure @Sendable () -> String,
    version: String, processID: Int32, machine: String? = nil, shard: Shard? = nil, lockTimeout: Duration = .zero,
    script: String? = nil, scriptSHA256: String? = nil, ignoresUnfinished: Bool = false, isReadOnly: Bool = false,
    resumeCommand: @escaping @Sendable (_ run: Int?, _ profile: String, _ host: String) -> String = { run, _, _ in
      "wh resume" + (run.map { " \($0)" } ?? "")
    }
  ) {
    self.openJournal = openJournal
    self.findJournal = findJournal
    writer = Writer(user: user, processID: processID, machine: machine)
    locking = Locking(shard: shard, timeout: lockTimeout)
    self.version = version
    self.script = script
    self.scriptSHA256 = scriptSHA256
    self.ignoresUnfinished = ignoresUnfinished
    self.isReadOnly = isReadOnly
    self.resumeCommand = resumeCommand
  }
}
