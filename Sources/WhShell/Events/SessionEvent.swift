import WhSession
import WhSyntax

/// What happens in a session, in the order in which it happens.
package enum SessionEvent: Sendable {
  /// The start-up script begins.
  case startUpBegan
  /// The start-up script ended. These statements bring a new session to where this one stands.
  case startUpEnded(setting: [String])
  /// Lines were read at the prompt.
  case typed([TypedLine])
  /// A text was read. With an error in it nothing of it runs. `typed` is the text where it was given as a whole.
  case read(Script, typed: Source?)
  case began(Statement)
  /// There is something to show, of the statement that runs if one does.
  case shown([Shown])
  case ended(Failure?)
  /// The rest of the line after a failed statement does not run.
  case abandoned(after: Statement)
  /// A script ended and left edits staged.
  case leftUncommitted(Diagnostic)
}

/// How the session wants to be shown at a moment.
package struct Presentation: Sendable {
  package let form: SessionOptions.OutputForm
  /// True where what is longer than the screen goes to the pager.
  package let isPaged: Bool
  /// True where everything is listed.
  package let isVerbose: Bool

  package init(form: SessionOptions.OutputForm, isPaged: Bool = false, isVerbose: Bool = false) {
    self.form = form
    self.isPaged = isPaged
    self.isVerbose = isVerbose
  }
}
