import WhDomain
import WhSession
import WhSyntax

/// A file that keeps a session: a transcript, or a recording of the terminal.
protocol RecordingForm: Sendable {
  /// Statements that were not typed have brought the session to where it stands.
  mutating func setOut(from setting: [String]) throws(FileProblem)

  /// A statement begins to run. It is on disk before it does.
  mutating func begin(_ text: String, isIncluded: Bool) throws(FileProblem)

  /// Comments were written that belong to no statement.
  mutating func remark(_ lines: [String]) throws(FileProblem)

  /// Something is shown, of the statement that runs or that ran last.
  mutating func show(_ things: [Shown], _ form: SessionOptions.OutputForm) throws(FileProblem)

  /// The statement ended.
  mutating func finish(isFailed: Bool) throws(FileProblem)

  /// What follows a failed statement in its line was never run.
  mutating func abandon(_ rest: String) throws(FileProblem)

  /// A text was rejected and did not run.
  mutating func refuse(
    _ text: String, _ problems: [TextProblem], _ form: SessionOptions.OutputForm
  ) throws(FileProblem)

  /// A line was read at the prompt.
  mutating func typed(_ lines: [TypedLine]) throws(FileProblem)

  /// Takes back a statement that has begun and is not to be kept.
  mutating func forget() throws(FileProblem)

  /// More secrets are known: hides them in what is kept already.
  mutating func hideSecrets() throws(FileProblem)

  /// The session ends with edits staged on this number of webhooks.
  mutating func end(dropping dropped: Int) throws(FileProblem)
}

extension RecordingForm {
  mutating func setOut(from setting: [String]) {}
  mutating func remark(_ lines: [String]) {}
  mutating func abandon(_ rest: String) {}
  mutating func typed(_ lines: [TypedLine]) {}
  mutating func forget() {}
  mutating func hideSecrets() {}
  mutating func end(dropping dropped: Int) {}
}
