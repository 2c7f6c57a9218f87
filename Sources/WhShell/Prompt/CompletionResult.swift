/// What can be completed at the cursor.
package struct CompletionResult: Sendable, Equatable {
  /// Where the text that a candidate replaces begins, a byte offset into the line's UTF-8; it ends at the cursor.
  package var replaceFrom: Int
  /// In the order in which a list shows them. Where some are omitted the last one is the very last that fits, so that
  /// the common prefix follows from these.
  package var candidates: [Candidate]
  /// How many more fit than a list could show.
  package var omitted: Int
  /// Whether a space follows when there is only one candidate.
  package var appendSpace: Bool

  package init(replaceFrom: Int, candidates: [Candidate], omitted: Int = 0, appendSpace: Bool = true) {
    self.replaceFrom = replaceFrom
    self.candidates = candidates
    self.omitted = omitted
    self.appendSpace = appendSpace
  }
}
