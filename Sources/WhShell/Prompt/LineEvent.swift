/// What the user did at a prompt.
package enum LineEvent: Sendable, Equatable {
  /// Enter: the line, or what was pasted of several, without its last newline. Invalid UTF-8 is replaced by U+FFFD.
  case line(String)
  /// Ctrl-X Ctrl-E: the line as it stands, to be edited in an editor of the user's. It is not run.
  case edit(String)
  /// Ctrl-C: the line was dropped, and a new prompt should follow.
  case interrupted
  /// Ctrl-D on an empty line.
  case endOfInput
  /// The terminal is gone, or the reader was closed: there will be no further line.
  case closed
}
