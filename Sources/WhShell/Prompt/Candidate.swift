/// One candidate for the text at the cursor.
package struct Candidate: Sendable, Equatable {
  /// What is put into the line, quoted as the language wants it.
  package var text: String
  /// What a list shows for it.
  package var display: String
  /// A few words beside it in a list.
  package var hint: String?

  package init(_ text: String, display: String? = nil, hint: String? = nil) {
    self.text = text
    self.display = display ?? text
    self.hint = hint
  }
}
