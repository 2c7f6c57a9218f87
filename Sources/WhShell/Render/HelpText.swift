import WhSession
import WhSyntax

/// Help for people, from the table of statements.
struct HelpText {
  private static let summaryColumn = 42

  let style: Style
  /// The columns of the screen; nil to break no line.
  let width: Int?

  func overview(_ pages: [Output.HelpPage]) -> String {
    var text = ""
    for chapter in Help.Chapter.allCases {
      text += (text.isEmpty ? "" : "\n") + style.paint(chapter.rawValue, .heading) + "\n"
      for page in pages where page.help.chapter == chapter { text += line(page) }
    }
    return text + "\n"
      + paragraph(
        "Statements end at a line break or `;`. For details: `help TOPIC`, such as `help webhook`.", indent: 0)
  }

  private func line(_ page: Output.HelpPage) -> String {
    let summary = paragraph(page.help.summary, indent: Self.summaryColumn)
    let head = "  " + page.synopsis + "  "
    if head.count > Self.summaryColumn { return head.dropLast(2) + "\n" + summary }
    return head + String(repeating: " ", count: Self.summaryColumn - head.count) + summary.dropFirst(Self.summaryColumn)
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
    var lines = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if Printable.width(line) + 1 + Printable.width(String(word)) <= room {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { margin + $0 + "\n" }.joined()
  }
}
