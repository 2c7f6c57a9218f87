import WhDomain

/// Keeps a transcript of a session, which the shell does for it.
package protocol SessionTranscript: Sendable {
  /// Starts a transcript, or continues an existing one.
  ///
  /// - Parameters:
  ///   - host: the server, where the session knows it.
  ///   - setting: statements that restore the state of this session in a new one.
  /// - Throws: `FileProblem` when the file can't be used, or is something else.
  func start(_ path: String, host: String?, setting: [String]) throws(FileProblem)

  /// Ends the transcript; gives its path, or nil where none was kept.
  ///
  /// - Parameter dropped: how many webhooks have edits staged, which a run of the transcript is to drop.
  func stop(dropping dropped: Int) -> String?

  /// The transcript that is being kept.
  var path: String? { get }
}
