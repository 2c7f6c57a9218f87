/// Reads a source statement by statement: what each one is, and what is wrong with it.
package struct ScriptReader {
  private let table: GrammarTable
  private let source: Source
  private var lexer: Lexer
  private var matcher: Matcher
  /// What was found wrong and not yet taken, in the order of its places.
  private var problems: [Diagnostic] = []

  /// The byte after the end of the statement before the current one.
  package private(set) var start = 0
  /// The current statement; nil where there is none, or it can't be read.
  package private(set) var match: Match?

  init(_ table: GrammarTable, _ source: Source) {
    self.table = table
    self.source = source
    lexer = Lexer(source)
    matcher = Matcher(table, source)
    collectProblems()
  }

  /// True when the text ends inside a quoted word or after a joining backslash, so that a prompt may ask for more.
  package var isIncomplete: Bool { lexer.isIncomplete }

  /// True where the text up to the next end of a statement holds one, or should.
  package var hasStatement: Bool { !matcher.lexemes.isEmpty }

  /// The lexemes up to the end of the current statement, with its comments and its end.
  var lexemes: [Lexeme] { lexer.lexemes }

  /// Goes on to the next end of a statement, or of the text; false after the last.
  package mutating func advance() -> Bool {
    match = nil
    start = lexer.index
    let isThere = lexer.advance()
    if !lexer.diagnostics.isEmpty { collectProblems() }
    guard isThere else { return false }
    matcher.begin(lexer.lexemes)
    guard hasStatement else { return true }
    match = matcher.match()
    if match == nil { refuse() }
    return true
  }

  /// Takes what was found wrong up to a place, in order.
  package mutating func takeProblems(before place: Int) -> [Diagnostic] {
    guard let first = problems.first, first.span.range.lowerBound < place else { return [] }
    let count = problems.firstIndex { $0.span.range.lowerBound >= place } ?? problems.count
    defer { problems.removeFirst(count) }
    return Array(problems[..<count])
  }

  private mutating func collectProblems() {
    for problem in lexer.diagnostics { add(problem) }
    lexer.diagnostics = []
  }

  /// A quote that turns out not to be closed has the errors of what it was taken to hold before those of the lines below it.
  private mutating func add(_ problem: Diagnostic) {
    var place = problems.count
    while place > 0, problems[place - 1].span.range.lowerBound > problem.span.range.lowerBound { place -= 1 }
    problems.insert(problem, at: place)
  }

  private func hasProblem(in range: Range<Int>) -> Bool {
    var place = problems.count
    while place > 0, problems[place - 1].span.range.lowerBound >= range.lowerBound {
      place -= 1
      if problems[place].span.range.lowerBound < range.upperBound { return true }
    }
    return false
  }

  private mutating func refuse() {
    let lexemes = lexer.lexemes
    let end = lexemes.last.map { $0.kind.isTerminator ? $0.start : source.bytes.count } ?? source.bytes.count
    // A broken word causes no second error.
    guard !hasProblem(in: start..<max(start, end)) else { return }
    let last = matcher.lexemes.last?.end ?? end
    let notes = matcher.matchNoting(end: last).notes
    add(Refusal(matcher, notes).diagnostic(end: Span(source, last..<last)))
  }
}
