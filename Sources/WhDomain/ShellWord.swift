extension String {
  /// The text as one word of a command for the shell, whatever it contains.
  package var shellWord: String { "'" + replacing("'", with: "'\\''") + "'" }
}
