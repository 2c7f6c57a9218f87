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
  /// The form of the grammars that statements are matched with.
  let program: GrammarProgram
  /// The same as keywords: what ends a list of webhooks, what ends a list of apps, and what an edit names.
  let edits: [Keyword]
  let stopsOfWebhooks: [Keyword]
  let stopsOfApps: [Keyword]
  let objects: [Keyword]

  package init(_ entries: [Entry], synonyms: Synonyms = Synonyms()) {
    self.entries = entries
    self.synonyms = synonyms
    let edits = entries.filter(\.isEdit).map(\.grammar.elements)
    editKeywords = Set(edits.compactMap { Self.keyword($0.first) })
    editObjects = Set(edits.compactMap { Self.keyword($0.dropFirst().first) })
    program = GrammarProgram(entries.map(\.grammar))
    self.edits = editKeywords.map(GrammarProgram.keyword)
    stopsOfApps = ["except", "limit"].map(GrammarProgram.keyword)
    stopsOfWebhooks = self.edits + stopsOfApps
    objects = editObjects.map(GrammarProgram.keyword)
  }

  private static func keyword(_ element: Grammar.Element?) -> String? {
    if case .keyword(let word)? = element { word } else { nil }
  }
}
