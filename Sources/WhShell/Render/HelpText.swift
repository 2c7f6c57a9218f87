import WhSession

/// Help for people, from the table of statements.
struct HelpText {
  let style: Style

  func overview(_ pages: [Output.HelpPage]) -> String {
    var text = ""
    for chapter in Help.Chapter.allCases {
      text += (text.isEmpty ? "" : "\n") + style.paint(chapter.rawValue, .heading) + "\n"
      for page in pages where page.help.chapter == chapter { text += line(page) }
    }
    text += "\nA statement ends at a line's end or at `;`. `help TOPIC` says more, as `help webhook`.\n"
    return text
  }

  private func line(_ page: Output.HelpPage) -> String {
    let width = 38
    if page.synopsis.count > width {
      return "  \(page.synopsis)\n  \(String(repeating: " ", count: width))  \(page.help.summary)\n"
    }
    return "  \(page.synopsis)\(String(repeating: " ", count: width - page.synopsis.count))  \(page.help.summary)\n"
  }

  /// What is said of OUTPUT.
  static let output = """
    OUTPUT is `> FILE` for a new file, `>! FILE` to replace one, `>> FILE` to add to its end, or `| COMMAND` for the shell.
    """

  func page(_ page: Output.HelpPage) -> String {
    var text = style.paint(page.synopsis, .heading) + "\n"
    text += "  " + page.help.summary + "\n"
    if page.isEdit { text += "  It may also follow a selection: `webhook SELECTION \(page.synopsis)`.\n" }
    if page.takesOutput { text += "  " + Self.output + "\n" }
    for detail in page.help.details { text += "  " + detail + "\n" }
    text += "\n" + page.help.examples.map { "    \($0.script)\n" }.joined()
    return text
  }
}
