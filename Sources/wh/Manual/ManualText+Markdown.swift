extension ManualText {
  /// Adds a text in the part of Markdown that the reference uses: headings, paragraphs, lists, tables of two columns, and
  /// blocks of code.
  mutating func add(markdown: String) {
    var lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let line = lines.popFirst() {
      if line.hasPrefix("### ") {
        subsection(line.dropFirst(4).filter { $0 != "`" })
      } else if line.hasPrefix("## ") {
        section(String(line.dropFirst(3)))
      } else if line.hasPrefix("- ") {
        bullet(String(line.dropFirst(2)))
      } else if line.hasPrefix("```") {
        let code = lines.prefix { !$0.hasPrefix("```") }
        lines = lines.dropFirst(code.count + 1)
        example(code.joined(separator: "\n"))
      } else if line.hasPrefix("|") {
        let rows = lines.prefix { $0.hasPrefix("|") }
        lines = lines.dropFirst(rows.count)
        // The first two lines are the head of the table.
        for row in rows.dropFirst() { addRow(row) }
      } else if !line.isEmpty {
        paragraph(String(line))
      }
    }
  }

  private mutating func addRow(_ row: Substring) {
    let cells = row.dropFirst(2).dropLast(2).split(separator: " | ")
    guard let term = cells.first else { return }
    entry(String(term), cells.dropFirst().joined(separator: " | "))
  }
}
