import WhShell

/// wh-language(7): the reference of the language, which docs/language.md is too.
enum LanguageManual {
  static func page(date: String) -> String {
    var page = ManualText(
      "wh-language", section: 7, date: date, source: "wh \(Version.text)", title: "Miscellaneous Information")
    page.section("Name")
    page.line(roff: "wh-language \\- the statements of wh scripts")
    page.section("Synopsis")
    page.line(roff: Roff.bold("wh run") + " " + Roff.italic("FILE") + "...")
    page.line(roff: Roff.bold("wh -c") + " " + Roff.italic("STATEMENTS"))
    page.section("Description")
    page.paragraph(
      """
      A script of `wh`(1) selects apps and webhooks of the messaging service, stages edits of them, and commits these. The \
      prompt takes the same statements. Nothing is sent before `commit`, and a script with an error is rejected before it sends \
      anything.
      """)
    page.paragraph("Each statement has a section below, with examples. At the prompt, `help` shows the same.")
    page.add(markdown: chapters)
    page.section("Examples")
    page.paragraph(
      "Renames events and changes the host in all apps, and checks that no webhook was missed:")
    page.example(
      """
      use app *
      webhook where event ~ MESSAGE_*
      rename event MESSAGE_CREATED to messages.sms.received
      replace host old.example.com with hooks.example.com
      commit
      expect not event MESSAGE_CREATED and not host = old.example.com
      """)
    page.section("See also")
    page.line(roff: Roff.bold("wh") + "(1)")
    return page.text
  }

  /// All but the title of the reference and what it says of itself.
  private static var chapters: String {
    let lines = ReferenceText.markdown.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.drop { !$0.hasPrefix("## ") }.joined(separator: "\n")
  }
}
