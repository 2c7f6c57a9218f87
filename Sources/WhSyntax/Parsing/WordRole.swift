/// What a word of a statement was taken for.
package struct WordRole: Sendable {
  package let word: Word
  package let role: Expectation

  init(_ word: Word, _ role: Expectation) {
    self.word = word
    self.role = role
  }
}
