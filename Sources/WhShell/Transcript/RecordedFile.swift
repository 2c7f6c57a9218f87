import WhDomain

/// The file of a transcript, open for this session alone.
package protocol RecordedFile: Sendable {
  /// What it held when it was opened; empty for a file that was made.
  var start: [UInt8] { get }

  /// All that it holds now.
  func read() throws(FileProblem) -> [UInt8]

  /// Puts bytes at an offset, and cuts off what follows them.
  ///
  /// - Throws: `FileProblem` in the system's words.
  func write(_ bytes: [UInt8], at offset: Int) throws(FileProblem)

  func close()
}
