import Testing
import WhDeterminism
import WhSyntax
import WhSyntaxShape

/// Random texts: valid ones keep their meaning in the formatter, broken ones crash nothing.
@Suite struct RandomTests {
  private static let seeds = Seeds.first(4)

  /// 10,000 scripts.
  @Test(arguments: Seeds.first(20)) func formattingNeverChangesTheMeaning(_ seed: UInt64) throws {
    var scripts = RandomScripts(random: SeededGenerator(seed: seed))
    for round in 0..<500 {
      let text = scripts.script()
      let comment: Comment = "seed \(seed), round \(round): \(text.debugDescription)"
      let source = Source(name: "t", text: text)
      let parsed = SmallTable.parser.parse(source)
      #expect(Shape.of(parsed.diagnostics) == [], comment)
      guard parsed.diagnostics.isEmpty else { return }
      let once = try SmallTable.formatter.format(source)
      let again = Source(name: "t", text: once)
      #expect(Shape.of(SmallTable.parser.parse(again)) == Shape.of(parsed), comment)
      #expect(Self.comments(again) == Self.comments(source), comment)
      #expect(try SmallTable.formatter.format(again) == once, comment)
      if once != String(decoding: again.bytes, as: UTF8.self) { return }
    }
  }

  private static func comments(_ source: Source) -> [String] {
    Lexer.lex(source).tokens.filter { if case .comment = $0.kind { true } else { false } }
      .map { $0.span.text.trimmingSuffix { $0 == " " || $0 == "\t" } }
  }

  @Test(arguments: seeds) func randomBytesAreHarmless(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      exercise((0..<random.below(80)).map { _ in UInt8.random(in: 0...255, using: &random) }, seed)
      let alphabet = Array("ad event\"'\\\n\r;,#$u{}()=!~<> \u{E9}\t".utf8)
      exercise((0..<random.below(80)).map { _ in random.pick(alphabet) }, seed)
    }
  }

  @Test(arguments: Seeds.first(4, andOnceFailed: 49, 107, 126)) func mutatedScriptsAreHarmless(_ seed: UInt64) {
    var scripts = RandomScripts(random: SeededGenerator(seed: seed))
    for _ in 0..<300 {
      var bytes = Array(scripts.script().utf8)
      for _ in 0..<1 + scripts.random.below(4) where !bytes.isEmpty { Self.mutate(&bytes, &scripts.random) }
      exercise(bytes, seed)
    }
  }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let place = random.below(bytes.count)
    switch random.below(4) {
    case 0: bytes.remove(at: place)
    case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
    case 2: bytes[place] = random.pick(Array("\"'\\\n;,#${}()=".utf8))
    default: bytes.removeLast(bytes.count - place)
    }
  }

  /// Lexes, parses, draws every diagnostic and formats; what can be formatted must be stable.
  private func exercise(_ bytes: [UInt8], _ seed: UInt64) {
    let comment: Comment = "seed \(seed), bytes \(bytes)"
    let source = Source(name: "fuzz", bytes: bytes)
    let script = SmallTable.parser.parse(source)
    for diagnostic in script.diagnostics {
      let drawing = DiagnosticRenderer().render(diagnostic)
      #expect(!drawing.unicodeScalars.contains { $0 != "\n" && Printable.isHazard($0) }, comment)
      #expect(drawing.contains("^"), comment)
    }
    #expect(
      zip(script.diagnostics, script.diagnostics.dropFirst()).allSatisfy {
        $0.span.range.lowerBound <= $1.span.range.lowerBound
      }, comment)
    _ = SmallTable.parser.expectations(after: source)
    guard let once = try? SmallTable.formatter.format(source) else {
      #expect(!script.diagnostics.isEmpty, comment)
      return
    }
    let again = Source(name: "fuzz", text: once)
    #expect(Shape.of(SmallTable.parser.parse(again)) == Shape.of(script), comment)
    #expect((try? SmallTable.formatter.format(again)) == once, comment)
  }
}

extension String {
  fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, isTrimmed(last) { text.removeLast() }
    return String(text)
  }
}
