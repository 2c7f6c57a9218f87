import WhDomain
import WhSyntax

/// What follows a statement that fails.
package enum ErrorMode: Sendable {
  case stop, `continue`
}

/// What a script has set: its variables, its options, and what it does after an error.
@SessionActor package final class ScriptState {
  package var scope: Scope
  package var options: SessionOptions
  /// What the script says with `on error`; nil while it has not.
  package var onError: ErrorMode?
  /// What its statements read.
  var foresight = Foresight()

  nonisolated init(scope: Scope, options: SessionOptions) {
    self.scope = scope
    self.options = options
  }
}

/// What a statement has that concerns the session alone.
@SessionActor package struct LocalContext {
  let state: ScriptState
  /// What `record` starts and stops; nil for a session that can't be recorded.
  let transcript: (any SessionTranscript)?
  /// What the prompt does for its statements; nil in a script.
  let prompt: (any PromptHost)?
  let view: View
  /// The server as a transcript's first line names it; nil before the session is connected.
  let recordedHost: String?
  /// Statements that restore the state of this session in a new one.
  let setting: [String]
  let span: Span

  func failure(_ diagnostic: Diagnostic) -> Failure { Failure(.failed, diagnostic) }

  /// - Throws: `Failure` in a script, which has no prompt.
  func requirePrompt() throws(Failure) -> any PromptHost {
    guard let prompt else {
      throw failure(.onlyAtPrompt(span))
    }
    return prompt
  }
}

extension Diagnostic {
  package static func onlyAtPrompt(_ span: Span) -> Diagnostic {
    Diagnostic(.notAvailable, "this statement only works at the prompt", at: span)
  }
}
