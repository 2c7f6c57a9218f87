import Testing
import WhDeterminism
import WhSyntax
import WhSyntaxShape

/// Reading statement by statement, as a check of a large script does.
@Suite struct ScriptReaderTests {
  /// A statement is the same when it is read once more, alone, from its place.
  @Test(arguments: Seeds.first(4)) func aStatementReadAgainFromItsPlaceIsTheSame(_ seed: UInt64) throws {
    var scripts = RandomScripts(random: SeededGenerator(seed: seed))
    for round in 0..<200 {
      let text = scripts.script()
      for match in SmallTable.parse(text).statements {
        let again = try #require(SmallTable.parser.statement(at: match.span), "\(seed), \(round): \(text)")
        #expect(again.span == match.span && Shape.of(again) == Shape.of(match), "\(seed), \(round): \(text)")
        #expect(Formatter.text(of: again) == Formatter.text(of: match))
      }
    }
  }

  /// What fits is found by its first word, and what does not fit is judged by all grammars: both agree.
  @Test(arguments: Seeds.first(4)) func whatIsReadIsWhatASurveyReads(_ seed: UInt64) {
    var scripts = RandomScripts(random: SeededGenerator(seed: seed))
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      var words = scripts.statement().split(separator: " ", omittingEmptySubsequences: false)
      words.swapAt(random.below(words.count), random.below(words.count))
      let text = words.joined(separator: " ")
      let source = Source(name: "t", text: text)
      let isRefused = SmallTable.parser.parse(source).diagnostics.contains {
        [.unknownKeyword, .unexpectedWord, .unexpectedComma].contains($0.code)
      }
      let lexes = Lexer.lex(source).diagnostics.isEmpty
      #expect(!lexes || isRefused == (SmallTable.parser.survey(source).error != nil), "\(text)")
    }
  }

  @Test func problemsComeInTheOrderOfTheirPlaces() {
    let text = "ad x\nuse app \"\\q\"\nshow nothing\necho \"\\z\n\\y\"x\ncommit now\n"
    let found = SmallTable.parse(text).diagnostics
    let places = found.map(\.span.range.lowerBound)
    #expect(found.count >= 5 && places == places.sorted(), "\(Shape.of(found))")
  }

  /// The errors of a long script take no longer than in proportion.
  @Test func errorsOfALongScriptAreAllFound() {
    let text = String(repeating: "ad event X\n", count: 2_000)
    #expect(SmallTable.parse(text).diagnostics.count == 2_000)
  }

  @Test(arguments: ["", "\n", "# c", ";;\n", " \\\n"]) func aTextWithoutStatementsHasNone(_ text: String) {
    var reader = SmallTable.parser.reader(of: Source(name: "t", text: text))
    while reader.advance() { #expect(reader.match == nil && !reader.hasStatement) }
    #expect(SmallTable.parse(text).statements.isEmpty)
  }
}
