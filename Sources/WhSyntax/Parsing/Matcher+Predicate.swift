/// Predicates bind `not` before `and` before `or`; parentheses come before all.
extension Matcher {
  /// The deepest nesting that is read, so that no text can exhaust the stack.
  private static let deepest = 100

  mutating func matchPredicate(_ subject: Subject, depth: Int = 0) -> PredicateSyntax? {
    guard let first = matchConjunction(subject, depth) else { return nil }
    var parts = [first]
    while isKeyword(keywords.or) {
      _ = take(keywords.or)
      guard let next = matchConjunction(subject, depth) else { return nil }
      parts.append(next)
    }
    fail([.keyword("and"), .keyword("or")])
    return parts.count == 1 ? first : .any(parts)
  }

  private mutating func matchConjunction(_ subject: Subject, _ depth: Int) -> PredicateSyntax? {
    guard let first = matchNegation(subject, depth) else { return nil }
    var parts = [first]
    while isKeyword(keywords.and) {
      _ = take(keywords.and)
      guard let next = matchNegation(subject, depth) else { return nil }
      parts.append(next)
    }
    return parts.count == 1 ? first : .all(parts)
  }

  private mutating func matchNegation(_ subject: Subject, _ depth: Int) -> PredicateSyntax? {
    guard depth < Self.deepest else {
      fail([.keyword("and")])
      return nil
    }
    if isKeyword(keywords.not) {
      _ = take(keywords.not)
      return matchNegation(subject, depth + 1).map { .not($0) }
    }
    if let lexeme = currentWord, begins(lexeme, with: .openParenthesis) { return matchGroup(subject, depth) }
    return matchComparison(subject, depth)
  }

  private mutating func matchGroup(_ subject: Subject, _ depth: Int) -> PredicateSyntax? {
    takeParenthesis(.open)
    guard let inner = matchPredicate(subject, depth: depth + 1) else { return nil }
    guard let lexeme = currentWord, begins(lexeme, with: .closeParenthesis) else {
      fail([.symbol(")")])
      return nil
    }
    takeParenthesis(.close)
    return inner
  }

  private mutating func takeParenthesis(_ kind: WrittenPiece.Kind) {
    _ = splitCurrent(after: 1)
    index += 1
    pieces.append(WrittenPiece(kind))
  }

  private mutating func matchComparison(_ subject: Subject, _ depth: Int) -> PredicateSyntax? {
    let fields = PredicateFields.of(subject)
    splitField(fields)
    guard let field = currentWord, let slot = fields[field.keyword] else {
      fail(fields.expectations)
      return nil
    }
    _ = take(field.keyword)
    switch field.keyword {
    case keywords.event: return matchEvent(depth)
    case keywords.header: return matchHeader(depth)
    default:
      let operators = slot == .time ? PredicateSyntax.timeOperators : PredicateSyntax.textOperators
      guard let sign = takeOperator(of: operators) else { return nil }
      let valueSlot: Slot = PredicateSyntax.patternOperators.contains(sign.text) ? .glob : slot
      return takeValue(valueSlot, depth).map { .comparison(field: word(field), sign, $0) }
    }
  }

  private mutating func matchEvent(_ depth: Int) -> PredicateSyntax? {
    if let next = currentWord, let text = leadingOperator(of: next), PredicateSyntax.patternOperators.contains(text) {
      guard let sign = takeOperator(of: PredicateSyntax.patternOperators), let value = takeValue(.glob, depth) else {
        return nil
      }
      return .eventPattern(sign, value)
    }
    return takeValue(.event, depth).map { .event($0) }
  }

  private mutating func matchHeader(_ depth: Int) -> PredicateSyntax? {
    guard let name = takeValue(.headerName, depth) else { return nil }
    guard let lexeme = currentWord, leadingOperator(of: lexeme) != nil else {
      if isAtEnd { fail([.symbol("=")]) }
      return .header(name, nil)
    }
    guard let sign = takeOperator(of: PredicateSyntax.textOperators), let value = takeValue(.headerValue, depth) else {
      return nil
    }
    return .header(name, (sign, value))
  }

  /// `url=V` may be written without white space.
  private mutating func splitField(_ fields: PredicateFields) {
    guard let lexeme = currentWord, lexeme.kind == .bare else { return }
    if lexeme.form == .plain {
      let bytes = source.bytes
      guard let sign = (lexeme.start..<lexeme.end).first(where: { bytes[$0].beginsOperator }) else { return }
      let name = source.keyword(at: lexeme.start..<sign)
      if fields[name] != nil { _ = splitCurrent(after: sign - lexeme.start) }
      return
    }
    let whole = word(lexeme)
    guard let text = whole.leadingText else { return }
    let name = text.prefix { !"=!~<>".contains($0) }
    if name.utf8.count < text.utf8.count || whole.parts.count > 1, fields[Keyword(String(name))] != nil {
      _ = splitCurrent(after: name.utf8.count)
    }
  }

  /// Takes a value, and leaves the parentheses that close a group to be read as such.
  private mutating func takeValue(_ slot: Slot, _ depth: Int) -> Word? {
    if depth > 0, let lexeme = currentWord, lexeme.kind == .bare, source.bytes[lexeme.end - 1] == .closeParenthesis {
      let whole = word(lexeme)
      if case .text(let text, _)? = whole.parts.last {
        let closing = text.reversed().prefix { $0 == ")" }.count
        let balance = text.count { $0 == ")" } - text.count { $0 == "(" }
        let surplus = min(closing, max(0, balance))
        if surplus > 0, let (head, tail) = whole.split(before: surplus) { replaceCurrent(with: head, tail) }
      }
    }
    return takeWord(slot).map(word)
  }
}

/// The fields that a predicate may test, by their keywords.
struct PredicateFields: Sendable {
  private let slots: [(keyword: Keyword, slot: Slot)]
  private let names: [String]

  static func of(_ subject: Subject) -> PredicateFields { subject == .app ? apps : webhooks }

  private static let apps = PredicateFields(.app)
  private static let webhooks = PredicateFields(.webhook)

  private init(_ subject: Subject) {
    let fields = PredicateSyntax.fields(of: subject)
    let tests: [(name: String, slot: Slot)] = subject == .webhook ? [("event", .event), ("header", .headerName)] : []
    slots = fields.map { (Keyword($0.key), $0.value) } + tests.map { (Keyword($0.name), $0.slot) }
    names = ["not"] + fields.keys.sorted() + tests.map(\.name)
  }

  /// The slot that the values of a field fill; nil for any other word.
  subscript(keyword: Keyword) -> Slot? {
    keyword == .none ? nil : slots.first { $0.keyword == keyword }?.slot
  }

  /// What a comparison may begin with.
  var expectations: [Expectation] { names.map { .keyword($0) } + [.symbol("(")] }
}
