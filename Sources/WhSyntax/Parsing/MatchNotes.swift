/// What was expected at the furthest place that a statement could be read to.
struct MatchNotes {
  /// Where the statement ends, in bytes of the source.
  private let end: Int
  /// What each word was taken for so far.
  private(set) var roles: [WordRole] = []
  /// In bytes of the source; -1 before anything failed.
  private var furthest = -1
  /// What stands at the furthest place, as an index and as a lexeme; nil at the end of the statement.
  private(set) var index = 0
  private(set) var lexeme: Lexeme?
  /// What would have fitted there.
  private(set) var expected: [Expectation] = []
  /// What the words before that place were taken for.
  private(set) var furthestRoles: [WordRole] = []

  init(end: Int) {
    self.end = end
  }

  mutating func fail(at lexeme: Lexeme?, _ index: Int, _ expectations: [Expectation]) {
    let place = lexeme?.start ?? end
    if place > furthest {
      furthest = place
      self.index = index
      self.lexeme = lexeme
      furthestRoles = roles
      expected = []
    }
    if place == furthest { expected += expectations.filter { !expected.contains($0) } }
  }

  mutating func note(_ role: WordRole) { roles.append(role) }

  /// Forgets the roles of all words but the first ones.
  mutating func keepRoles(_ count: Int) { roles.removeLast(roles.count - count) }
}
