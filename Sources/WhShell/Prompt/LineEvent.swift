/// What the user did at a prompt.
package enum LineEvent: Sendable, Equatable {
  /// Enter: the line, without its newline. Invalid UTF-8 is replaced by U+FFFD.
  case line(String)
  /// Ctrl-C: the line was dropped, and a new prompt should follow.
  case interrupted
  /// Ctrl-D on an empty line, a terminal that is gone, or a reader that was closed.
  case endOfInput
}
