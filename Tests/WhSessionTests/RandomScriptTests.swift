import Testing
import WhDeterminism
import WhSession
import WhSyntax
import WhTestSupport

/// Random damage: nothing crashes the binder, and no secret is shown for it.
@Suite struct RandomScriptTests {
  private static let seeds = Seeds.first(4)

  private static func exercise(_ bytes: [UInt8]) -> String {
    let redactor = Redactor()
    let script = Binder(readFile: FakeWorld(files: ["a.wh": "echo a"]).effects.readFile, redactor: redactor)
      .bind(Source(name: "t.wh", bytes: bytes), in: Scope(variables: ["host": "x.example"]))
    let renderer = DiagnosticRenderer(redactor: redactor)
    return script.diagnostics.map { renderer.render($0) }.joined()
  }

  @Test(arguments: seeds) func damagedScriptsAreHarmless(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let whole = LanguageSamples.statements
    for _ in 0..<400 {
      var bytes = (0..<1 + random.below(3)).map { _ in random.pick(whole) }.joined(separator: "\n").utf8.map(\.self)
      for _ in 0..<random.below(5) where !bytes.isEmpty {
        let place = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(random.pick(Array("\"'\\\n;,#${}()=!~<> \u{0}".utf8)), at: place)
        default: bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
      }
      let printed = Self.exercise(bytes)
      #expect(!printed.unicodeScalars.contains { $0 != "\n" && Printable.isHazard($0) }, "seed \(seed): \(bytes)")
    }
  }

  @Test(arguments: seeds) func noDamageShowsASecret(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // No `webhook` and no `use app`: what follows them may be ids, and those are not secrets.
    let junk = [
      "set", "header", "*", "where", "expect", "not", "(", ")", "=", "!=", "~", ",", "\"", "'", "\\", "${",
      "${host}",
      "X-Team", "value", "and", "let", "\\\n", ";", "\n", "\\q", "url", "日本",
    ]
    for _ in 0..<1500 {
      let before = (0..<random.below(5)).map { _ in random.pick(junk) }.joined(separator: random.pick([" ", ""]))
      let after = (0..<random.below(4)).map { _ in random.pick(junk) }.joined(separator: " ")
      let text = "\(before) Authorization \(random.pick(["", "\"", "'", "Bearer ", "= "]))cAnArY5ec7et \(after)"
      let printed = Self.exercise(Array(text.utf8))
      #expect(!printed.contains("cAnArY5ec7et"), "seed \(seed): \(text.debugDescription)\n\(printed)")
    }
  }
}
