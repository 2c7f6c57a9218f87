/// What could stand at the cursor.
package struct CompletionResult: Sendable, Equatable {
  /// Where the text that a candidate replaces begins, a byte offset into the line's UTF-8; it ends at the cursor.
  package var replaceFrom: Int
  /// In the order in which a list shows them.
  package var candidates: [Candidate]
  /// Whether a space follows when there is only one candidate.
  package var appendSpace: Bool

  package init(replaceFrom: Int, candidates: [Candidate], appendSpace: Bool = true) {
    self.replaceFrom = replaceFrom
    self.candidates = candidates
    self.appendSpace = appendSpace
  }
}
