import WhDomain
import WhSession
import WhSyntax

/// The language reference as Markdown, from the table of statements: `docs/language.md` is this text.
package enum ReferenceText {
  package static var markdown: String {
    [introduction, chapters(), predicates, output, errors()].joined(separator: "\n")
  }

  private static let introduction = """
    # The language

    This page is made by `scripts/reference` from the table of statements in `Sources/WhSession/Commands`.

    ## Text

    - A script is UTF-8 text with LF or CRLF line ends.
    - A statement ends at a line's end or at `;`. A backslash right before the line's end joins the next line.
    - `#` at the start of a word begins a comment, to the line's end.
    - A word is bare, `"double"` or `'single'` quoted. Bare words end at white space, at `;`, and at a `,` that white \
    space or the end follows.
    - In double quotes `\\"` `\\\\` `\\n` `\\t` `\\r` `\\$` `\\u{1F600}` are escapes. A quoted word may go on over several lines.
    - `${name}` is replaced in bare and double-quoted words, never in single-quoted ones, and what it is replaced by is \
    never parsed again.
    - Keywords may be written in any letter case. A quoted word is never a keyword: quote a name that is one.
    - File names are relative to the script that names them; `~/` is the home folder.

    """

  private static func chapters() -> String {
    Help.Chapter.allCases.map { chapter in
      let pages = CommandTable.pages.filter { $0.help.chapter == chapter }
      return "## \(chapter.rawValue)\n\n" + pages.map(statement).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private static func statement(_ page: Output.HelpPage) -> String {
    var text = "### `\(page.synopsis)`\n\n\(page.help.summary)\n"
    if page.isEdit { text += "\nAlso behind a selection: `webhook SELECTION \(page.synopsis)`.\n" }
    for detail in page.help.details { text += "\n\(detail)\n" }
    return text + "\n```\n" + page.help.examples.map { $0.script + "\n" }.joined() + "```\n"
  }

  private static let predicates = """
    ## Predicates

    `not` binds before `and`, and `and` before `or`; parentheses come before all. They may stand right beside a word.

    | comparison | holds when |
    |---|---|
    | `url = V`, `url != V` | the text is, or is not, V |
    | `url ~ GLOB`, `url !~ GLOB` | the text fits the pattern, or does not: `*` any text, `?` a character, `[a-z]` one of a set |
    | `id`, `slug`, `name`, `status` in the place of `url` | the same; in `use app` they are the app's, and `url` is none of them |
    | `created < TIME`, `updated > TIME`, `<=`, `>=` | the moment is before or after a time such as `2026-01-31` or `2026-01-31T12:00:00Z` |
    | `event NAME` | the webhook is subscribed to the event |
    | `header NAME`, `header NAME = V` (`!=`, `~`, `!~`) | the webhook has the header, with such a value |

    Predicates see what the service holds with the staged edits on top.

    """

  private static let output = """
    ## Output

    A statement that prints data may end in `as json`, and then in OUTPUT, which says where it prints:

    | OUTPUT | |
    |---|---|
    | `> FILE` | to a new file, for its owner alone; a file that has something in it is not overwritten |
    | `>! FILE` | to a file in the place of what it held |
    | `>> FILE` | to the end of a file |
    | `\\| COMMAND` | to the standard input of a command, which the shell reads as it is written, up to the line's end or a `;` outside of its quotes |

    Tables are not cut there and have no colours, secrets are hidden as on the screen, and remarks still go to the screen. \
    A command that ends with another status than 0 is an error. `${name}` in a command is the shell's own. `wh plan` writes no \
    such file and runs no command.

    """

  private static func errors() -> String {
    "## Error codes\n\nThe code of an error is stable: search for it, or test for it in scripts.\n\n"
      + DiagnosticCode.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ") + "\n"
  }
}
