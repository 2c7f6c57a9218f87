/// Fits the lexemes of one statement to grammars. What was expected, at the furthest place that was reached, is noted on demand:
/// most statements fit, and then nothing else is asked for.
struct Matcher {
  let table: GrammarTable
  let source: Source
  let keywords = SyntaxKeywords.standard
  var lexemes: [Lexeme] = []
  var index = 0
  var pieces: [WrittenPiece] = []
  var selection: SelectionSyntax?
  var predicate: PredicateSyntax?
  var carried: [Match] = []
  /// Words that were cut in two, to be put together again where what they were cut for does not fit.
  private var cuts: [Cut] = []
  /// Nil where nothing is noted.
  private var notes: MatchNotes?

  private struct Cut {
    let place: Int
    let whole: Lexeme
  }

  /// A place to go back to.
  private struct Mark {
    let index: Int
    let pieces: Int
    let roles: Int
    let cuts: Int
    let selection: SelectionSyntax?
    let predicate: PredicateSyntax?
  }

  init(_ table: GrammarTable, _ source: Source) {
    self.table = table
    self.source = source
  }

  // MARK: Statements

  /// Takes the lexemes of a statement, and leaves out its comments and its end.
  mutating func begin(_ statement: [Lexeme]) {
    notes = nil
    cuts.removeAll(keepingCapacity: true)
    lexemes.removeAll(keepingCapacity: true)
    for lexeme in statement where lexeme.kind != .comment && !lexeme.kind.isTerminator { lexemes.append(lexeme) }
    reset()
  }

  /// Fits the statement to the first grammar that it fits.
  mutating func match() -> Match? {
    guard let first = lexemes.first else { return nil }
    for command in table.program.entries(beginningWith: first.keyword) {
      if let match = match(command: command) { return match }
    }
    return nil
  }

  /// Fits the statement to all grammars up to the first that it fits, and notes what was expected.
  ///
  /// - Parameter end: where the statement ends, in bytes of the source.
  mutating func matchNoting(end: Int) -> (match: Match?, notes: MatchNotes) {
    var found: Match?
    let notes = noting(end) { matcher in
      for command in matcher.table.entries.indices where found == nil { found = matcher.match(command: command) }
    }
    return (found, notes)
  }

  /// Notes what is expected at the furthest place by all grammars.
  mutating func noteAll(end: Int) -> MatchNotes {
    noting(end) { matcher in
      for command in matcher.table.entries.indices {
        _ = matcher.match(command: command)
        matcher.reset()
      }
    }
  }

  private mutating func noting(_ end: Int, _ body: (inout Matcher) -> Void) -> MatchNotes {
    notes = MatchNotes(end: end)
    body(&self)
    defer { notes = nil }
    return notes ?? MatchNotes(end: end)
  }

  var isNoting: Bool { notes != nil }

  private mutating func reset() {
    index = 0
    pieces.removeAll(keepingCapacity: true)
    notes?.keepRoles(0)
    selection = nil
    predicate = nil
    carried = []
    rejoin(0)
  }

  // MARK: Places

  var current: Lexeme? { index < lexemes.count ? lexemes[index] : nil }

  var currentWord: Lexeme? {
    guard index < lexemes.count, lexemes[index].kind.isWord else { return nil }
    return lexemes[index]
  }

  var isAtEnd: Bool { index >= lexemes.count }

  func word(_ lexeme: Lexeme) -> Word { Word(source, lexeme) }

  /// Does what may not fit, and goes back where it does not.
  mutating func attempt(_ body: (inout Matcher) -> Bool) -> Bool {
    let start = mark
    if body(&self) { return true }
    restore(start)
    return false
  }

  /// Notes what an optional part would begin with, for Tab and for the message, and takes nothing.
  mutating func probe(_ body: (inout Matcher) -> Bool) {
    guard isNoting else { return }
    let start = mark
    _ = body(&self)
    restore(start)
  }

  private var mark: Mark {
    Mark(
      index: index, pieces: pieces.count, roles: notes?.roles.count ?? 0, cuts: cuts.count, selection: selection,
      predicate: predicate)
  }

  private mutating func restore(_ mark: Mark) {
    index = mark.index
    pieces.removeLast(pieces.count - mark.pieces)
    notes?.keepRoles(mark.roles)
    selection = mark.selection
    predicate = mark.predicate
    rejoin(mark.cuts)
  }

  /// Notes what would have fitted at the current place. Always false.
  @discardableResult
  mutating func fail(_ expectations: @autoclosure () -> [Expectation]) -> Bool {
    guard isNoting else { return false }
    let (place, number, expected) = (current, index, expectations())
    notes?.fail(at: place, number, expected)
    return false
  }

  /// Notes what a word was taken for.
  mutating func note(_ lexeme: Lexeme, _ role: @autoclosure () -> Expectation) {
    guard isNoting else { return }
    let role = WordRole(word(lexeme), role())
    notes?.note(role)
  }

  // MARK: Cutting words

  /// Cuts the current word in two and gives the first one.
  mutating func splitCurrent(after count: Int) -> Lexeme? {
    guard let lexeme = currentWord, let (head, tail) = word(lexeme).split(after: count) else { return nil }
    replaceCurrent(with: head, tail)
    return head
  }

  mutating func replaceCurrent(with head: Lexeme, _ tail: Lexeme) {
    cuts.append(Cut(place: index, whole: lexemes[index]))
    lexemes[index] = head
    lexemes.insert(tail, at: index + 1)
  }

  private mutating func rejoin(_ count: Int) {
    while cuts.count > count {
      let cut = cuts.removeLast()
      lexemes[cut.place] = cut.whole
      lexemes.remove(at: cut.place + 1)
    }
  }

  // MARK: Whole grammars

  /// Fits what is left of the statement to a grammar, from the current lexeme to the last.
  mutating func match(command: Int) -> Match? {
    let start = mark
    let first = current?.start
    guard match(sequence: table.program.entries[command]), let first, let last = lexemes.last else {
      restore(start)
      return nil
    }
    guard isAtEnd else {
      fail([.end])
      restore(start)
      return nil
    }
    return Match(
      command: command, span: Span(source, first..<last.end), selection: selection,
      predicate: predicate, carried: carried, written: pieces, from: start.pieces)
  }
}
