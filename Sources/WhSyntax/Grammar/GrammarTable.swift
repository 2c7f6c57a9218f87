/// All statements that there are, by the index of the command that they belong to.
package struct GrammarTable: Sendable {
  package struct Entry: Sendable {
    package let grammar: Grammar
    package let isEdit: Bool

    package init(_ grammar: Grammar, isEdit: Bool) {
      self.grammar = grammar
      self.isEdit = isEdit
    }
  }

  package let entries: [Entry]
  /// The keywords that an edit begins with: they end a list of webhooks.
  package let editKeywords: Set<String>

  package init(_ entries: [Entry]) {
    self.entries = entries
    editKeywords = Set(entries.filter(\.isEdit).compactMap { Self.firstKeyword($0.grammar) })
  }

  private static func firstKeyword(_ grammar: Grammar) -> String? {
    if case .keyword(let word)? = grammar.elements.first { word } else { nil }
  }
}
