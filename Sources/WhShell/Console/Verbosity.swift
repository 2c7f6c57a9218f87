/// How much is said besides results and errors.
package enum Verbosity: Sendable {
  /// No notes, and no report of a commit in which all went well.
  case quiet
  case normal
  /// Confirmations of each choice and edit too, as at the prompt.
  case verbose
}
