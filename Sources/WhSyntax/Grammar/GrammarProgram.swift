/// The grammars of a table laid out flat, in the form that statements are matched with: a step holds no text to compare and no
/// reference to count.
struct GrammarProgram: Sendable {
  enum Kind: Sendable {
    case keyword, symbol, slot, list, pairs, words
    case optional, repeated, choice
    case selection(Subject)
    case predicate(Subject)
    case edit, looking, output
  }

  struct Step: Sendable {
    var kind: Kind
    /// What a keyword is; of pairs, what stands between the two.
    var keyword = Keyword.none
    var slot = Slot.word
    /// What the word is kept under.
    var name = Keyword.none
    /// The same of the second word of a pair.
    var otherSlot = Slot.word
    var otherName = Keyword.none
    /// The parts of it that are sequences, as a range of `sequences`.
    var inner = 0..<0
    /// The keywords that may follow it and so end it, as a range of `stops`.
    var stops = 0..<0
  }

  private(set) var steps: [Step] = []
  /// Each one is a range of steps.
  private(set) var sequences: [Range<Int>] = []
  private(set) var stops: [Keyword] = []
  /// The sequence of each entry of the table.
  private(set) var entries: [Int] = []
  /// The entries that may begin with each keyword, in their order.
  private var heads: [(keyword: Keyword, entries: [Int])] = []
  /// The entries that begin with something else.
  private var headless: [Int] = []

  init(_ grammars: [Grammar]) {
    for grammar in grammars { entries.append(compile(grammar.elements, before: [])) }
    let keywords = entries.map { sequences[$0].first.flatMap { firstKeyword(at: $0) } }
    headless = keywords.indices.filter { keywords[$0] == nil }
    for case let keyword? in keywords where !heads.contains(where: { $0.keyword == keyword }) {
      heads.append((keyword, keywords.indices.filter { keywords[$0] == keyword || keywords[$0] == nil }))
    }
  }

  /// The entries that a statement may fit which begins with a word.
  func entries(beginningWith keyword: Keyword) -> [Int] {
    heads.first { $0.keyword == keyword }?.entries ?? headless
  }

  /// The keywords that may follow a step and so end it.
  func isStop(_ keyword: Keyword, of step: Step) -> Bool { keyword != .none && stops[step.stops].contains(keyword) }

  private func firstKeyword(at step: Int) -> Keyword? {
    if case .keyword = steps[step].kind { steps[step].keyword } else { nil }
  }

  // MARK: Laying out

  /// - Parameter following: what may stand after the elements, where they are a part of others.
  private mutating func compile(_ elements: [Grammar.Element], before following: [Grammar.Element]) -> Int {
    // The steps of a sequence stand together, and those within them after all of these.
    let start = steps.count
    steps += elements.map { _ in Step(kind: .optional) }
    let sequence = sequences.count
    sequences.append(start..<start + elements.count)
    for (index, element) in elements.enumerated() {
      steps[start + index] = step(element, before: elements[(index + 1)...] + following)
    }
    return sequence
  }

  private mutating func step(_ element: Grammar.Element, before following: [Grammar.Element]) -> Step {
    switch element {
    case .keyword(let word): return Step(kind: .keyword, keyword: Self.keyword(word))
    case .symbol(let text): return Step(kind: .symbol, keyword: Self.keyword(text))
    case .slot(let name, let slot): return Step(kind: .slot, slot: slot, name: Self.keyword(name))
    case .list(let name, let slot):
      return Step(kind: .list, slot: slot, name: Self.keyword(name), stops: stops(following))
    case .pairs(let name, let slot, let keyword, let other, let otherSlot):
      return Step(
        kind: .pairs, keyword: Self.keyword(keyword), slot: slot, name: Self.keyword(name), otherSlot: otherSlot,
        otherName: Self.keyword(other))
    case .words(let name, let slot): return Step(kind: .words, slot: slot, name: Self.keyword(name))
    case .optional(let inner):
      var isWord = false
      if case .slot? = inner.first { isWord = true }
      return Step(
        kind: .optional, inner: sequences(of: [inner], before: following), stops: isWord ? stops(following) : 0..<0)
    case .repeated(let inner):
      return Step(kind: .repeated, inner: sequences(of: [inner], before: [element] + following))
    case .choice(let branches): return Step(kind: .choice, inner: sequences(of: branches, before: []))
    case .selection(let subject): return Step(kind: .selection(subject))
    case .predicate(let subject): return Step(kind: .predicate(subject))
    case .edit: return Step(kind: .edit)
    case .looking: return Step(kind: .looking)
    case .output: return Step(kind: .output, name: Self.keyword(Match.Output.slot))
    }
  }

  private mutating func sequences(
    of branches: [[Grammar.Element]], before following: [Grammar.Element]
  ) -> Range<Int> {
    // Those of the branches stand together, so each is laid out first and then put there.
    let compiled = branches.map { sequences[compile($0, before: following)] }
    sequences += compiled
    return sequences.count - compiled.count..<sequences.count
  }

  /// The keywords that may follow a list, which end it.
  private mutating func stops(_ following: [Grammar.Element]) -> Range<Int> {
    let start = stops.count
    scan: for element in following {
      switch element {
      case .optional(let inner), .repeated(let inner):
        if case .keyword(let word)? = inner.first { stops.append(Self.keyword(word)) }
      default: break scan
      }
    }
    return start..<stops.count
  }

  static func keyword(_ text: String) -> Keyword {
    let keyword = Keyword(text)
    precondition(keyword != .none, "a keyword has at most \(Keyword.longest) ASCII characters")
    return keyword
  }
}
