/// How much is printed besides results and errors.
package enum Verbosity: Sendable {
  /// No notes, and no report of a commit in which all went well.
  case quiet
  case normal
  /// Also confirmations of selections and edits, as at the prompt.
  case verbose

  /// How many notes of a diagnostic the screen shows. Reports and JSON have all of them.
  var mostNotes: Int { self == .verbose ? .max : 20 }
}
