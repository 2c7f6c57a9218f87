/// The keywords that change how the words after them are cut.
struct LexicalKeywords: Sendable {
  /// The words after which operators may stand without white space around them, up to the end of the statement.
  private let `where` = Keyword("where")
  private let expect = Keyword("expect")
  private let `let` = Keyword("let")
  private let unless = Keyword("unless")
  /// The heads of the statements whose output may go to a file or a command.
  private let outputs = ["show", "dump", "status", "diff"].map { Keyword($0) }

  static let standard = LexicalKeywords()

  func operatorsFollow(_ keyword: Keyword) -> Bool {
    keyword == `where` || keyword == expect || keyword == `let` || keyword == unless
  }

  func takesOutput(_ keyword: Keyword) -> Bool { outputs.contains(keyword) }
}
