import Testing
import WhShell

@Suite("The prompt's text")
struct PromptTests {
  private let mark = "\u{1}"

  @Test("Without colour it is the text")
  func plain() {
    let prompt = Prompt([.init("wh", .init(colour: .green)), .init(" my-app> ")])
    #expect(prompt.rendered(colour: false) == "wh my-app> ")
    #expect(prompt.plainText == "wh my-app> ")
    #expect(Prompt("wh> ").rendered(colour: true) == "wh> ")
  }

  @Test("A style is one sequence right before its text, and ends before the last space")
  func styled() {
    let prompt = Prompt([.init("wh", .init(colour: .green, bold: true)), .init("> ", .init(dim: true))])
    #expect(
      prompt.rendered(colour: true)
        == "\(mark)\u{1B}[0;1;32m\(mark)wh\(mark)\u{1B}[0;2m\(mark)>\(mark)\u{1B}[0m\(mark) ")
  }

  @Test("A styled prompt without a space gets one, since an escape sequence must not come last")
  func spaceAdded() {
    let prompt = Prompt([.init("wh>", .init(colour: .red))])
    #expect(prompt.rendered(colour: true) == "\(mark)\u{1B}[0;31m\(mark)wh>\(mark)\u{1B}[0m\(mark) ")
  }

  @Test(
    "No sequence touches another or ends the prompt",
    arguments: [
      [], [Prompt.Segment("", .init(bold: true))], [.init(" ", .init(bold: true))],
      [.init("a", .init(bold: true)), .init("", .init(dim: true)), .init(" ", .init(dim: true))],
    ] as [[Prompt.Segment]])
  func neverTouching(segments: [Prompt.Segment]) {
    let text = Prompt(segments).rendered(colour: true)
    #expect(!text.contains("\(mark)\(mark)"))
    #expect(!text.hasSuffix(mark))
  }

  @Test("Control characters of a name never reach the terminal or libedit")
  func controls() {
    #expect(Prompt("a\u{1}\u{1B}[2J\n\u{9B}> ").rendered(colour: true) == "a\u{FFFD}\u{FFFD}[2J\u{FFFD}\u{FFFD}> ")
  }
}
