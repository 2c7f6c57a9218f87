import Foundation
import Testing
import WhDomain
import WhSession

@testable import WhShell

@Suite("The lines of `wh doctor`")
struct FindingTests {
  private static let findings = [
    Finding.ok(.configuration, "/home/a/config.toml, 2 profiles"),
    .warning(.runs, "run 3 is unfinished", advice: "run `wh resume 3`"),
    .problem(.key, "no key", advice: "set `WH_API_KEY`"), .skipped(.service, because: "there is no key"),
    .problem(.journal, "quotes canary-of-a-password and \u{1B}[2J\n", advice: nil),
  ]

  private static func console(colour: Bool = false) -> Console {
    let redactor = Redactor()
    redactor.learn("canary-of-a-password")
    return Console(terminal: TerminalTraits(hasColourOutput: colour), redactor: redactor, .none)
  }

  private static func text(colour: Bool = false) -> String {
    let console = console(colour: colour)
    let renderer = TextRenderer(console, verbosity: .normal, isInteractive: false)
    let shown = findings.map { Shown.finding($0) } + [.verdict(Verdict(findings))]
    return shown.map { renderer.render($0).output(console.redactor) }.joined()
  }

  @Test("In text each has a word for its state, and its advice below")
  func text() {
    #expect(
      Self.text() == """
        ok       configuration  /home/a/config.toml, 2 profiles
        warning  runs           run 3 is unfinished
                                run `wh resume 3`
        problem  key            no key
                                set `WH_API_KEY`
        -        service        not checked: there is no key
        problem  journal        quotes •••• and \\u{1B}[2J\\n
        doctor: 2 problems, 1 warning

        """)
  }

  @Test("Colours change nothing else")
  func colours() {
    let coloured = Self.text(colour: true)
    #expect(coloured.contains("\u{1B}[31mproblem"))
    #expect(coloured.replacing(/\u{1B}\[\d+m/, with: "") == Self.text())
  }

  @Test("In JSON each is an object, the last one with the numbers")
  func json() throws {
    let console = Self.console()
    let renderer = JSONRenderer(console, verbosity: .normal)
    let objects = try (Self.findings.map { Shown.finding($0) } + [.verdict(Verdict(Self.findings))]).map { shown in
      let line = renderer.render(shown).output(console.redactor)
      return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary)
    }
    #expect(objects.map { $0["type"] as? String } == ["finding", "finding", "finding", "finding", "finding", "doctor"])
    #expect(
      objects.dropLast().map { $0["state"] as? String } == ["ok", "warning", "problem", "skipped", "problem"])
    #expect(objects[1]["subject"] as? String == "runs" && objects[1]["advice"] as? String == "run `wh resume 3`")
    #expect(objects[0]["advice"] is NSNull)
    #expect(objects[4]["detail"] as? String == "quotes •••• and \u{1B}[2J\n")
    #expect(objects[5]["problems"] as? Int == 2 && objects[5]["warnings"] as? Int == 1)
  }

  @Test(
    "The last line counts",
    arguments: [
      (0, 0, "no problems"), (1, 0, "1 problem"), (2, 1, "2 problems, 1 warning"), (0, 2, "no problems, 2 warnings"),
    ])
  func verdict(problems: Int, warnings: Int, text: String) {
    let findings =
      Array(repeating: Finding.problem(.key, "x", advice: nil), count: problems)
      + Array(repeating: Finding.warning(.runs, "x", advice: nil), count: warnings)
      + [.ok(.locale, "x"), .skipped(.prompt, because: "x")]
    #expect(Verdict(findings).description == text)
  }
}
