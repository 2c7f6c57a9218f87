/// Predicates bind `not` before `and` before `or`; parentheses come before all.
extension Matcher {
  /// The deepest nesting that is read, so that no text can exhaust the stack.
  private static let deepest = 100

  mutating func matchPredicate(_ subject: Subject, depth: Int = 0) -> PredicateSyntax? {
    guard let first = matchConjunction(subject, depth) else { return nil }
    var parts = [first]
    while isKeyword("or") {
      _ = takeKeyword("or")
      guard let next = matchConjunction(subject, depth) else { return nil }
      parts.append(next)
    }
    _ = fail(.keyword("and"), .keyword("or"))
    return parts.count == 1 ? first : .any(parts)
  }

  private mutating func matchConjunction(_ subject: Subject, _ depth: Int) -> PredicateSyntax? {
    guard let first = matchNegation(subject, depth) else { return nil }
    var parts = [first]
    while isKeyword("and") {
      _ = takeKeyword("and")
      guard let next = matchNegation(subject, depth) else { return nil }
      parts.append(next)
    }
    return parts.count == 1 ? first : .all(parts)
  }

  private mutating func matchNegation(_ subject: Subject, _ depth: Int) -> PredicateSyntax? {
    guard depth < Self.deepest else {
      _ = fail(.keyword("and"))
      return nil
    }
    if isKeyword("not") {
      _ = takeKeyword("not")
      return matchNegation(subject, depth + 1).map { .not($0) }
    }
    if let word = current?.word, leadingText(of: word)?.hasPrefix("(") ?? false {
      return matchGroup(subject, depth)
    }
    return matchComparison(subject, depth)
  }

  private mutating func matchGroup(_ subject: Subject, _ depth: Int) -> PredicateSyntax? {
    _ = splitCurrent(after: 1)
    state.index += 1
    state.pieces.append(.open)
    guard let inner = matchPredicate(subject, depth: depth + 1) else { return nil }
    guard let word = current?.word, leadingText(of: word)?.hasPrefix(")") ?? false else {
      _ = fail(.symbol(")"))
      return nil
    }
    _ = splitCurrent(after: 1)
    state.index += 1
    state.pieces.append(.close)
    return inner
  }

  private mutating func matchComparison(_ subject: Subject, _ depth: Int) -> PredicateSyntax? {
    let fields = PredicateSyntax.fields(of: subject)
    let tests = subject == .webhook ? ["event", "header"] : []
    splitField(fields.keys + tests)
    guard let word = current?.word, let keyword = word.keyword, fields[keyword] != nil || tests.contains(keyword) else {
      _ = fail((["not"] + fields.keys.sorted() + tests).map { .keyword($0) } + [.symbol("(")])
      return nil
    }
    _ = takeKeyword(keyword)
    switch keyword {
    case "event":
      if let next = current?.word, let text = leadingText(of: next),
        PredicateSyntax.patternOperators.contains(where: text.hasPrefix)
      {
        guard let sign = takeOperator(of: PredicateSyntax.patternOperators), let value = takeValue(.glob, depth) else {
          return nil
        }
        return .eventPattern(sign, value)
      }
      return takeValue(.event, depth).map { .event($0) }
    case "header":
      guard let name = takeValue(.headerName, depth) else { return nil }
      guard let word = current?.word, let text = leadingText(of: word),
        PredicateSyntax.allOperators.contains(where: text.hasPrefix)
      else {
        if isAtEnd { _ = fail(.symbol("=")) }
        return .header(name, nil)
      }
      guard let sign = takeOperator(of: PredicateSyntax.textOperators), let value = takeValue(.headerValue, depth)
      else {
        return nil
      }
      return .header(name, (sign, value))
    default:
      let slot = fields[keyword] ?? .value
      let operators = slot == .time ? PredicateSyntax.timeOperators : PredicateSyntax.textOperators
      guard let sign = takeOperator(of: operators) else { return nil }
      let valueSlot: Slot = ["~", "!~"].contains(sign.text) ? .glob : slot
      return takeValue(valueSlot, depth).map { .comparison(field: word, sign, $0) }
    }
  }

  /// Returns whether a keyword follows; the parenthesis after it may be written without white space, as in `not(`.
  mutating func isKeyword(_ keyword: String) -> Bool {
    if let word = current?.word, let text = leadingText(of: word), text.lowercased().hasPrefix(keyword + "(") {
      _ = splitCurrent(after: keyword.utf8.count)
    }
    return current?.word?.keyword == keyword
  }

  /// `url=V` may be written without white space.
  private mutating func splitField(_ names: [String]) {
    guard let word = current?.word, let text = leadingText(of: word) else { return }
    let name = text.prefix { !"=!~<>".contains($0) }
    if name.utf8.count < text.utf8.count || word.parts.count > 1, names.contains(name.lowercased()) {
      _ = splitCurrent(after: name.utf8.count)
    }
  }

  /// Takes a value, and leaves the parentheses that close a group to be read as such.
  private mutating func takeValue(_ slot: Slot, _ depth: Int) -> Word? {
    if depth > 0, let word = current?.word, word.quoting == .bare, case .text(let text, _)? = word.parts.last {
      let closing = text.reversed().prefix { $0 == ")" }.count
      let balance = text.count { $0 == ")" } - text.count { $0 == "(" }
      let surplus = min(closing, max(0, balance))
      if surplus > 0, let (head, tail) = word.split(before: surplus) { replaceCurrent(head, tail) }
    }
    return takeWord(slot)
  }
}
