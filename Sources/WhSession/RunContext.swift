import WhDomain
import WhJournal

/// What the journal keeps of where a session's commits come from.
package struct RunContext: Sendable {
  /// Opens the journal, and makes it where there is none.
  package var openJournal: @Sendable () throws(JournalError) -> Journal
  /// Opens the journal where there is one.
  package var findJournal: @Sendable () throws(JournalError) -> Journal?
  package var user: String
  package var version: String
  package var processID: Int32
  /// The script's name and `ScriptHash`; nil at the prompt.
  package var script: String?
  package var scriptSHA256: String?
  /// True when a commit may go over a run that was not finished.
  package var ignoresUnfinished: Bool

  package init(
    openJournal: @escaping @Sendable () throws(JournalError) -> Journal,
    findJournal: @escaping @Sendable () throws(JournalError) -> Journal?, user: String, version: String,
    processID: Int32, script: String? = nil, scriptSHA256: String? = nil, ignoresUnfinished: Bool = false
  ) {
    self.openJournal = openJournal
    self.findJournal = findJournal
    self.user = user
    self.version = version
    self.processID = processID
    self.script = script
    self.scriptSHA256 = scriptSHA256
    self.ignoresUnfinished = ignoresUnfinished
  }
}

/// A part of a run in the journal: the changes of one commit.
struct JournaledRun {
  let handle: any RunWriter
  /// The place of the first change among those of the run.
  let start: Int
  /// The places, where they do not follow each other, as those of a resumed run.
  var places: [Int]?

  func record(_ outcome: Outcome, at index: Int, tries: Int) {
    handle.record(outcome, at: places?[index] ?? start + index, tries: tries)
  }
}
