/// All statements that there are, by the index of the command that they belong to.
package struct GrammarTable: Sendable {
  package struct Entry: Sendable {
    package let grammar: Grammar
    package let isEdit: Bool
    /// True for a statement that only looks, and carries no other.
    package let looks: Bool

    package init(_ grammar: Grammar, isEdit: Bool, looks: Bool = false) {
      self.grammar = grammar
      self.isEdit = isEdit
      let carriesOne = grammar.elements.contains { if case .looking = $0 { true } else { false } }
      self.looks = looks && !carriesOne
    }
  }

  package let entries: [Entry]
  /// What to say instead of words that are no statements.
  let synonyms: Synonyms
  /// The keywords that an edit begins with: they end a list of webhooks.
  package let editKeywords: Set<String>
  /// The keywords that stand second in an edit: in a list of webhooks they show that the first one was mistyped.
  let editObjects: Set<String>

  package init(_ entries: [Entry], synonyms: Synonyms = Synonyms()) {
    self.entries = entries
    self.synonyms = synonyms
    let edits = entries.filter(\.isEdit).map(\.grammar.elements)
    editKeywords = Set(edits.compactMap { Self.keyword($0.first) })
    editObjects = Set(edits.compactMap { Self.keyword($0.dropFirst().first) })
  }

  private static func keyword(_ element: Grammar.Element?) -> String? {
    if case .keyword(let word)? = element { word } else { nil }
  }
}
