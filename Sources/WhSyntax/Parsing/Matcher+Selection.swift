/// Selections of apps and webhooks.
extension Matcher {
  mutating func matchSelection(_ subject: Subject) -> Bool {
    guard let base = matchPart(subject) else { return false }
    var exception: SelectionSyntax.Part?
    if take(keywords.except) {
      exception = matchPart(subject)
      if exception == nil { return false }
    }
    var limit: Word?
    if take(keywords.limit) {
      limit = takeWord(.limit).map(word)
      if limit == nil { return false }
    }
    selection = SelectionSyntax(base: base, exception: exception, limit: limit)
    return true
  }

  private mutating func matchPart(_ subject: Subject) -> SelectionSyntax.Part? {
    _ = isKeyword(keywords.where)
    guard let lexeme = currentWord else {
      fail(Self.beginnings(subject))
      return nil
    }
    switch lexeme.keyword {
    case keywords.all:
      index += 1
      note(lexeme, .symbol("*"))
      pieces.append(WrittenPiece(.sign, lexeme.keyword))
      return .all(Span(source, lexeme.range))
    case keywords.from where index + 1 < lexemes.count:
      _ = take(keywords.from)
      return takeWord(.file).map { .file(word($0)) }
    case keywords.where:
      _ = take(keywords.where)
      return matchPredicate(subject).map { .matching($0, Span(source, lexeme.range)) }
    case keywords.from:
      _ = take(keywords.from) && fail([.slot(.file)])
      return nil
    case let keyword
    where subject == .webhook && keyword != .none && index + 1 < lexemes.count
      && (table.edits.contains(keyword) || table.objects.contains(keyword)):
      fail(Self.beginnings(subject))
      return nil
    default: return matchNames(subject)
    }
  }

  private mutating func matchNames(_ subject: Subject) -> SelectionSyntax.Part? {
    let start = pieces.count
    let list =
      subject == .webhook
      ? List(slot: .webhook, stops: table.stopsOfWebhooks[...], objects: table.objects, mayBeginEdit: true)
      : List(slot: .app, stops: table.stopsOfApps[...], objects: [])
    guard match(list) else { return nil }
    var words: [Word] = []
    for piece in pieces[start...] where piece.kind == .word { words.append(word(piece.lexeme)) }
    return .names(words)
  }

  private static func beginnings(_ subject: Subject) -> [Expectation] {
    [.slot(subject == .app ? .app : .webhook), .symbol("*"), .keyword("where"), .keyword("from")]
  }
}
