/// Fits the tokens of one statement to grammars, and remembers what was expected at the furthest place it reached.
struct Matcher {
  struct State {
    var tokens: [Token]
    var index = 0
    var words: [String: [Word]] = [:]
    var keywords: [String] = []
    var pieces: [Match.Piece] = []
    /// What each word was taken for so far.
    var roles: [WordRole] = []
    var selection: SelectionSyntax?
    var predicate: PredicateSyntax?
    var carried: [Match] = []
  }

  let table: GrammarTable
  var state: State
  /// The furthest place where something did not fit, as bytes of the source, and what would have fitted there.
  private(set) var furthest = -1
  private(set) var furthestIndex = 0
  private(set) var furthestToken: Token?
  private(set) var expected: [Expectation] = []
  /// What the words before that place were taken for.
  private(set) var furthestRoles: [WordRole] = []
  private let end: Int

  init(_ table: GrammarTable, _ tokens: [Token], end: Int) {
    self.table = table
    state = State(tokens: tokens)
    self.end = end
  }

  // MARK: Tokens

  var current: Token? { state.index < state.tokens.count ? state.tokens[state.index] : nil }

  var isAtEnd: Bool { current == nil }

  mutating func fail(_ expectations: Expectation...) -> Bool { fail(expectations) }

  mutating func fail(_ expectations: [Expectation]) -> Bool {
    let place = current?.span.range.lowerBound ?? end
    if place > furthest {
      furthest = place
      furthestIndex = state.index
      furthestToken = current
      furthestRoles = state.roles
      expected = []
    }
    if place == furthest { expected += expectations.filter { !expected.contains($0) } }
    return false
  }

  mutating func takeKeyword(_ word: String) -> Bool {
    guard let written = current?.word, written.keyword == word else { return fail(.keyword(word)) }
    state.index += 1
    state.roles.append(WordRole(written, .keyword(word)))
    state.keywords.append(word)
    state.pieces.append(.keyword(word))
    return true
  }

  mutating func takeWord(_ slot: Slot) -> Word? {
    guard let word = current?.word, !isMisread(word, as: slot) else {
      _ = fail(.slot(slot))
      return nil
    }
    state.index += 1
    state.roles.append(WordRole(word, .slot(slot)))
    state.pieces.append(.word(word))
    return word
  }

  /// True for what is left of `x="a b"` after the sign, where the quote came too late to quote anything, and for a
  /// sign where a name, an event or a file is to stand.
  private func isMisread(_ word: Word, as slot: Slot) -> Bool {
    if slot == .count || slot == .seconds { return word.quoting != .bare || !word.span.text.utf8.allSatisfy(\.isDigit) }
    guard word.quoting == .bare, let first = word.span.text.first else { return false }
    switch slot {
    case .variable: return first == "="
    case .event, .newEvent: return Quoter.signs.contains(first)
    case .file where Match.Output(rawValue: word.span.text) != nil: return true
    default: return first == "\"" || first == "'"
    }
  }

  /// Takes an operator off the front of a bare word, and leaves the rest of it to be the next word.
  mutating func takeOperator(of choices: [String]) -> PredicateSyntax.Operator? {
    guard let word = current?.word, let text = leadingText(of: word),
      let found = PredicateSyntax.allOperators.first(where: text.hasPrefix), choices.contains(found)
    else {
      _ = fail(choices.map { .symbol($0) })
      return nil
    }
    let head = splitCurrent(after: found.utf8.count) ?? word
    state.index += 1
    state.roles.append(WordRole(head, .symbol(found)))
    state.pieces.append(.keyword(found))
    return PredicateSyntax.Operator(text: found, span: head.span)
  }

  /// Cuts the current word in two tokens and gives the first one.
  mutating func splitCurrent(after count: Int) -> Word? {
    guard let (head, tail) = current?.word?.split(after: count) else { return nil }
    replaceCurrent(head, tail)
    return head
  }

  mutating func replaceCurrent(_ words: Word...) {
    state.tokens.replaceSubrange(state.index...state.index, with: words.map { Token(.word($0), $0.span) })
  }

  /// The plain text that a bare word begins with.
  func leadingText(of word: Word) -> String? {
    guard word.quoting == .bare, case .text(let text, _)? = word.parts.first else { return nil }
    return text
  }

  // MARK: Grammars

  /// Fits a whole statement, from the current token to the last.
  mutating func match(command: Int) -> Match? {
    let start = state
    let first = current?.span
    guard match(table.entries[command].grammar.elements), let first else {
      state = start
      return nil
    }
    guard isAtEnd else {
      _ = fail(.end)
      state = start
      return nil
    }
    let last = state.tokens[state.tokens.count - 1].span
    return Match(
      command: command, span: first.joined(with: last), words: state.words, keywords: state.keywords,
      selection: state.selection, predicate: state.predicate, carried: state.carried, pieces: state.pieces)
  }

  /// - Parameter following: what may stand after the elements, where they are a part of others.
  private mutating func match(_ elements: [Grammar.Element], before following: [Grammar.Element] = []) -> Bool {
    for (index, element) in elements.enumerated() {
      guard match(element, before: elements[(index + 1)...] + following) else { return false }
    }
    return true
  }

  /// The keywords that may follow a list, which end it.
  private static func stops(_ following: ArraySlice<Grammar.Element>) -> Set<String> {
    var stops: Set<String> = []
    for element in following {
      switch element {
      case .optional(let inner), .repeated(let inner):
        if case .keyword(let word)? = inner.first { stops.insert(word) }
      default: return stops
      }
    }
    return stops
  }

  /// True where a keyword that may follow an optional word stands in its place.
  private func isPassedOver(_ inner: [Grammar.Element], before following: ArraySlice<Grammar.Element>) -> Bool {
    guard case .slot? = inner.first, let keyword = current?.word?.keyword else { return false }
    return Self.stops(following).contains(keyword)
  }

  private mutating func match(_ element: Grammar.Element, before following: ArraySlice<Grammar.Element>) -> Bool {
    switch element {
    case .keyword(let word): return takeKeyword(word)
    case .symbol(let text):
      return takeOperator(of: [text]) != nil
    case .slot(let name, let slot):
      if slot == .variable { splitAssignment() }
      guard let word = takeWord(slot) else { return false }
      state.words[name, default: []].append(word)
      return true
    case .list(let name, let slot):
      let stops = Self.stops(following)
      return matchList(name, slot, until: stops, objects: stops.isEmpty ? [] : table.editObjects)
    case .pairs(let name, let slot, let keyword, let other, let otherSlot):
      return matchPairs((name, slot), keyword, (other, otherSlot))
    case .words(let name, let slot):
      repeat {
        guard let word = takeWord(slot) else { return false }
        state.words[name, default: []].append(word)
      } while !isAtEnd
      // Another one may follow, which is for Tab to know.
      _ = fail(.slot(slot))
      return true
    case .optional(let inner):
      guard !isAtEnd, !isPassedOver(inner, before: following) else {
        _ = probe(inner)
        return true
      }
      _ = attempt { $0.match(inner, before: Array(following)) }
      return true
    case .repeated(let inner):
      while !isAtEnd, attempt({ $0.match(inner, before: [element] + following) }) {}
      if isAtEnd { _ = probe(inner) }
      return true
    case .choice(let branches): return branches.contains { branch in attempt { $0.match(branch) } }
    case .selection(let subject): return matchSelection(subject)
    case .predicate(let subject):
      guard let predicate = matchPredicate(subject) else { return false }
      state.predicate = predicate
      return true
    case .edit: return matchCarried(\.isEdit)
    case .looking: return matchCarried(\.looks)
    case .output: return matchOutput()
    }
  }

  private mutating func matchOutput() -> Bool {
    let signs = Match.Output.allCases.map(\.rawValue)
    guard let sign = current?.word?.bareText, signs.contains(sign) else { return fail(signs.map { .symbol($0) }) }
    state.index += 1
    state.keywords.append(sign)
    state.pieces.append(.keyword(sign))
    guard let word = takeWord(sign == Match.Output.command.rawValue ? .command : .file) else { return false }
    state.words[Match.Output.slot] = [word]
    return true
  }

  private mutating func attempt(_ body: (inout Matcher) -> Bool) -> Bool {
    let saved = state
    if body(&self) { return true }
    state = saved
    return false
  }

  /// Notes what an optional part would begin with, for Tab and for the message, and takes nothing.
  private mutating func probe(_ elements: [Grammar.Element]) -> Bool {
    let saved = state
    let result = match(elements)
    state = saved
    return result
  }

  /// `let NAME=VALUE` may be written without white space.
  private mutating func splitAssignment() {
    guard let word = current?.word, let text = leadingText(of: word),
      let equals = text.utf8.firstIndex(of: UInt8(ascii: "="))
    else { return }
    _ = splitCurrent(after: text.utf8.distance(from: text.utf8.startIndex, to: equals))
  }

  /// - Parameters:
  ///   - stops: the keywords that end the list.
  ///   - mayBeginEdit: true where an edit may follow the list.
  ///   - objects: words that only a misspelt keyword can stand before.
  mutating func matchList(
    _ name: String, _ slot: Slot, until stops: Set<String>, mayBeginEdit: Bool = false, objects: Set<String>
  ) -> Bool {
    var found: [Word] = []
    while true {
      if !found.isEmpty {
        if case .comma? = current?.kind {
          state.index += 1
        } else if isAtEnd || current?.word?.keyword.map(stops.contains) ?? false {
          _ = fail(.slot(slot))
          break
        } else if current?.word?.keyword.map(objects.contains) ?? false {
          // `webhook w1 st url X`: the word before was to begin an edit.
          if mayBeginEdit { state.index -= 1 }
          return fail(stops.sorted().map { .keyword($0) })
        }
        state.pieces.append(.separator)
      }
      guard let word = takeWord(slot) else { return false }
      found.append(word)
    }
    state.words[name, default: []] += found
    return true
  }

  private mutating func matchPairs(
    _ first: (name: String, slot: Slot), _ keyword: String, _ second: (name: String, slot: Slot)
  ) -> Bool {
    var isFirst = true
    while true {
      if !isFirst {
        if case .comma? = current?.kind {
          state.index += 1
        } else if isAtEnd {
          _ = fail(.slot(first.slot))
          return true
        }
        state.pieces.append(.separator)
      }
      isFirst = false
      guard let old = takeWord(first.slot), takeKeyword(keyword), let new = takeWord(second.slot) else { return false }
      state.words[first.name, default: []].append(old)
      state.words[second.name, default: []].append(new)
    }
  }

  /// Fits the rest of the statement to another one of the table.
  private mutating func matchCarried(_ fits: (GrammarTable.Entry) -> Bool) -> Bool {
    for (index, entry) in table.entries.enumerated() where fits(entry) {
      var inner = self
      inner.state.words = [:]
      inner.state.keywords = []
      inner.state.pieces = []
      let match = inner.match(command: index)
      (furthest, furthestIndex, furthestToken, expected, furthestRoles) =
        (inner.furthest, inner.furthestIndex, inner.furthestToken, inner.expected, inner.furthestRoles)
      if let match {
        state.pieces += match.pieces
        state.roles = inner.state.roles
        state.carried = [match]
        state.index = state.tokens.count
        return true
      }
    }
    return false
  }

  private mutating func matchSelection(_ subject: Subject) -> Bool {
    guard let base = matchPart(of: "selection", subject) else { return false }
    var exception: SelectionSyntax.Part?
    if takeKeyword("except") {
      exception = matchPart(of: "exception", subject)
      if exception == nil { return false }
    }
    var limit: Word?
    if takeKeyword("limit") {
      limit = takeWord(.limit)
      if limit == nil { return false }
    }
    state.selection = SelectionSyntax(base: base, exception: exception, limit: limit)
    return true
  }

  /// - Parameter name: what the names of a list are kept under.
  private mutating func matchPart(of name: String, _ subject: Subject) -> SelectionSyntax.Part? {
    let slot: Slot = subject == .app ? .app : .webhook
    let beginnings: [Expectation] = [.slot(slot), .symbol("*"), .keyword("where"), .keyword("from")]
    _ = isKeyword("where")
    guard let word = current?.word else {
      _ = fail(beginnings)
      return nil
    }
    switch word.keyword {
    case "*":
      state.index += 1
      state.roles.append(WordRole(word, .symbol("*")))
      state.pieces.append(.keyword("*"))
      return .all(word.span)
    case "from" where state.index + 1 < state.tokens.count:
      _ = takeKeyword("from")
      return takeWord(.file).map { .file($0) }
    case "where":
      _ = takeKeyword("where")
      return matchPredicate(subject).map { .matching($0, word.span) }
    case "from":
      _ = takeKeyword("from") && fail(.slot(.file))
      return nil
    case let keyword?
    where subject == .webhook && state.index + 1 < state.tokens.count
      && (table.editKeywords.contains(keyword) || table.editObjects.contains(keyword)):
      _ = fail(beginnings)
      return nil
    default:
      let hasEdit = subject == .webhook
      let stops = (hasEdit ? table.editKeywords : []).union(["except", "limit"])
      guard
        matchList(
          name, slot, until: stops, mayBeginEdit: hasEdit, objects: hasEdit ? table.editObjects : [])
      else { return nil }
      return .names(state.words[name] ?? [])
    }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
