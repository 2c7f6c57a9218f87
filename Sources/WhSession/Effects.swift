import WhDomain

/// The ways by which time, files and the environment reach a session.
package struct Effects: Sendable {
  package var time: TimeSource
  /// The bytes of a file.
  package var readFile: @Sendable (_ path: String) throws(FileProblem) -> [UInt8]
  /// Why the task of the session was cancelled, once it was.
  package var interruptionCause: @Sendable () -> String

  package init(
    time: TimeSource, interruptionCause: @escaping @Sendable () -> String = { "interrupted" },
    readFile: @escaping @Sendable (_ path: String) throws(FileProblem) -> [UInt8]
  ) {
    self.time = time
    self.interruptionCause = interruptionCause
    self.readFile = readFile
  }
}
