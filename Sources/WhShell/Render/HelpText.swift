import WhDomain
import WhSession
import WhSyntax

/// Help for people, from the table of statements.
struct HelpText {
  let style: Style
  /// The columns of the screen; nil to break no line.
  let width: Int?

  /// All statements by name, and the topics, on one screen of 24 lines with 80 columns.
  func overview(_ pages: [Output.HelpPage]) -> String {
    var text = ""
    for chapter in Help.Chapter.allCases {
      let names = pages.filter { $0.help.chapter == chapter }.map(\.name).uniqued()
      text += style.paint(chapter.rawValue, .heading) + "\n" + paragraph(names.joined(separator: ", "), indent: 2)
    }
    let topics = HelpTopic.all.map(\.name).joined(separator: ", ")
    text += style.paint("Topics", .heading) + "\n" + paragraph(topics + ", and the code of any error", indent: 2)
    return text
      + paragraph(
        "Statements end at a line break or `;`. `help TOPIC` explains them, such as `help webhook`.", indent: 0)
  }

  /// The explanation of OUTPUT.
  private static let output =
    "OUTPUT is `> FILE` (new file), `>! FILE` (overwrite), `>> FILE` (append) or `| COMMAND` (shell command)."

  func page(_ page: Output.HelpPage) -> String {
    var text = style.paint(page.synopsis, .heading) + "\n"
    text += paragraph(page.help.summary, indent: 2)
    if page.isEdit {
      text += paragraph("Also allowed after a selection: `webhook SELECTION \(page.synopsis)`.", indent: 2)
    }
    for detail in page.help.details + (page.takesOutput ? [Self.output] : []) { text += paragraph(detail, indent: 2) }
    text += "\n" + page.help.examples.map { "    \($0.script)\n" }.joined()
    return text
  }

  /// A text in lines that fit the screen, broken between words.
  private func paragraph(_ text: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    // On a screen that is too narrow for it the terminal may break the lines.
    let room = width.map { $0 - indent }.flatMap { $0 < 20 ? nil : $0 } ?? .max
    return Printable.wrapped(text, to: room).map { margin + $0 + "\n" }.joined()
  }
}
