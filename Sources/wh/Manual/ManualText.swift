/// A page of the manual, in the macros of man(7), as both groff and mandoc read them.
///
/// Texts are Markdown's: words between backticks are bold, and the text of a link stands for it.
struct ManualText {
  /// The page so far.
  private(set) var text: String
  /// True where a paragraph needs no macro, as right after a heading.
  private var isFresh = true

  /// - Parameters:
  ///   - date: when the page was made, such as `2026-01-31`.
  ///   - source: what it belongs to, such as `wh 1.0`.
  init(_ name: String, section: Int, date: String, source: String, title: String) {
    let words = [name.uppercased(), String(section), date, source, title].map { "\"\(Roff.escaped($0))\"" }
    text = ".TH \(words.joined(separator: " "))\n"
  }

  mutating func section(_ title: String) { heading(".SH", Roff.escaped(title.uppercased())) }

  mutating func subsection(_ title: String) { heading(".SS", Roff.escaped(title)) }

  mutating func paragraph(_ markdown: String) {
    if !isFresh { text += ".PP\n" }
    add(markdown)
  }

  /// A line as it is, without fonts or wrapping; the next one begins below it.
  mutating func line(roff: String) {
    if !isFresh { text += ".br\n" }
    text += Roff.line(roff) + "\n"
    isFresh = false
  }

  mutating func bullet(_ markdown: String) {
    text += ".IP \\(bu 2\n"
    add(markdown)
  }

  /// A term with its explanation.
  ///
  /// - Parameter term: in roff.
  mutating func entry(roff term: String, _ markdown: String) {
    text += ".TP\n\(Roff.line(term))\n"
    add(markdown)
  }

  mutating func entry(_ term: String, _ markdown: String) { entry(roff: Roff.inline(term), markdown) }

  /// Lines that stand as they are.
  mutating func example(_ lines: some StringProtocol) {
    if !isFresh { text += ".PP\n" }
    text += ".RS 4\n.EX\n"
    for line in lines.split(separator: "\n", omittingEmptySubsequences: false) {
      text += (line.isEmpty ? "\\&" : Roff.line(Roff.code(line))) + "\n"
    }
    text += ".EE\n.RE\n"
    isFresh = false
  }

  private mutating func heading(_ macro: String, _ title: String) {
    text += "\(macro) \"\(title)\"\n"
    isFresh = true
  }

  private mutating func add(_ markdown: String) {
    text += Roff.filled(markdown)
    isFresh = false
  }
}
