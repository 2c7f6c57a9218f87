import WhDomain

/// The ways by which time, files and the environment reach a session.
package struct Effects: Sendable {
  package var time: TimeSource
  /// The bytes of a file.
  package var readFile: @Sendable (_ path: String) throws(FileProblem) -> [UInt8]

  package init(
    time: TimeSource,
    readFile: @escaping @Sendable (_ path: String) throws(FileProblem) -> [UInt8]
  ) {
    self.time = time
    self.readFile = readFile
  }
}
