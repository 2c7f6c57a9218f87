/// The keywords that are a part of no grammar: those of selections and predicates, and the signs before an output.
struct SyntaxKeywords: Sendable {
  let all = Keyword("*")
  let from = Keyword("from")
  let `where` = Keyword("where")
  let except = Keyword("except")
  let limit = Keyword("limit")
  let and = Keyword("and")
  let or = Keyword("or")
  let not = Keyword("not")
  let event = Keyword("event")
  let header = Keyword("header")
  let outputs = Match.Output.allCases.map { (keyword: Keyword($0.rawValue), sign: $0) }

  static let standard = SyntaxKeywords()
}
