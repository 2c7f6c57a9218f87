/// What `help` explains besides statements.
package struct HelpTopic: Sendable {
  package let name: String
  /// A few words, for Tab.
  package let summary: String
  /// Lines of at most 79 columns.
  package let text: String

  package static let all = [predicates, globs, quoting, variables, keys, output, exitCodes]

  /// Other words that a topic is asked for by.
  private static let others = [
    "predicate": "where", "predicates": "where", "glob": "globs", "patterns": "globs", "wildcards": "globs",
    "quotes": "quoting", "escapes": "quoting", "variable": "variables", "key": "keys", "editing": "keys",
    "redirection": "output", ">": "output", "|": "output", "exit codes": "exit-codes", "codes": "exit-codes",
  ]

  package static func named(_ name: String) -> HelpTopic? {
    all.first { $0.name == others[name] ?? name }
  }

  private static let predicates = HelpTopic(
    name: "where", summary: "predicates: the fields, operators and how they are joined",
    text: """
      A PREDICATE joins comparisons with `not`, `and`, `or` and parentheses.

        url host id                   of webhooks       slug name status   of apps
        = V   != V                    the same text, or another
        ~ GLOB   !~ GLOB              matches a pattern, or does not: `help globs`
        created < TIME  updated > TIME  such as 2026-01-31 or 2026-01-31T08:00:00Z
        event NAME   event ~ GLOB     is subscribed to it, or to one that matches
        header NAME   header NAME = V  has it, or with this value
        headers = "A, B"              has exactly these headers

      Operators need no spaces around them. Staged edits count.

        webhook where event MESSAGE_SENT and not url ~ https://hooks.example.com/*
        expect not (host = old.example.com or header X-Old)
      """)

  private static let globs = HelpTopic(
    name: "globs", summary: "patterns: what `*`, `?` and `[a-z]` stand for",
    text: """
      In a GLOB `*` stands for any text, also for none, `?` for one character, and
      `[a-z]` or `[!a-z]` for one that is in a set, or is not. All other characters
      stand for themselves. A GLOB matches a whole value:
      `old.example.com` only matches that text, `*old.example.com*` also longer ones.

      Patterns are allowed after `~` and `!~`, and as ids and slugs in selections.

        use app prod-*
        webhook where url ~ https://old.example.com/*
      """)

  private static let quoting = HelpTopic(
    name: "quoting", summary: "words with spaces, quotes, escapes, comments, long lines",
    text: #"""
      A word ends at a space, at `;`, and at a `,` that a space follows.

        "two words"     double quotes: ${NAME} is replaced, and \" \\ \n \t \r \$
                        and \u{1F600} are escapes
        'two words'     single quotes: nothing is replaced
        # comment       to the end of the line, at the start of a word
        \               right before the end of a line, joins the next line

      A quoted word is never a keyword. Quote names that contain `;`, `#` or spaces.
      """#)

  private static let variables = HelpTopic(
    name: "variables", summary: "`let`, `${NAME}`, and the values of each app or webhook",
    text: #"""
      `let NAME = VALUE` sets a variable, and `${NAME}` is replaced in bare and in
      double-quoted words. The result is not parsed again. The command line wins:
      `--var NAME=VALUE`, `--var-env NAME`, `--var-file NAME=FILE`,
      `--var-command NAME=COMMAND`.

      `let NAME from "FILE.csv" by app.slug` has a value for each app or webhook.
      In urls and header values ${app.id}, ${app.slug}, ${app.name} and
      ${webhook.id} stand for those of each webhook.

        let host = hooks.example.com
        set url "https://${host}/${app.slug}"
      """#)

  private static let keys = HelpTopic(
    name: "keys", summary: "the keys of the prompt",
    text: """
      Tab               complete, or list what fits; again: a menu to walk in
      Up, Down          lines that begin as typed     Ctrl-R   search all of them
      Right, End        take the suggestion, at the end of the line
      Ctrl-A, Home      start of the line             Ctrl-E, End   its end
      Ctrl/Alt-arrows   by word                       Alt-B, Alt-F  the same
      Ctrl-W            delete the word before        Alt-D         the word after
      Ctrl-U, Ctrl-K    delete the line, or its rest  Ctrl-Y        put it back
      Ctrl-_            undo                          Alt-.         last word before
      Ctrl-X Ctrl-E     edit the line in $EDITOR
      Ctrl-L            clear the screen              Ctrl-Z        suspend
      Ctrl-C            drop the line; stop what runs
      Ctrl-D            leave, on an empty line

      What is pasted stands in the line until Enter, also several lines.
      The first Ctrl-C in a commit waits for the requests that were sent; a second
      one gives them up. `~/.editrc` binds other keys: see editrc(5).
      """)

  private static let output = HelpTopic(
    name: "output", summary: "`> FILE`, `| COMMAND`, `as json`",
    text: """
      `show …`, `status`, `diff` and `dump` may say where their output goes:

        > FILE       a new file; one with content is not overwritten
        >! FILE      overwrite a file
        >> FILE      append to a file
        | COMMAND    a shell command, to the end of the line

      `as json` prints an object per line, `as csv` and `as table` rows, where there
      are rows. Secrets are hidden in any output.

        show webhooks as json | jq -r .url
      """)

  private static let exitCodes = HelpTopic(
    name: "exit-codes", summary: "what the exit code of `wh` says",
    text: """
      0    success
      1    ran to its end, and something failed
      10   `plan --exit-code` found changes
      64   wrong command line
      65   the script has errors: nothing was sent
      66   a file can't be read or written
      69   the API can't be reached
      73   the journal is locked or can't be used: nothing was sent
      75   stopped part-way: `wh resume` finishes it
      77   no key, or the key was refused
      130  ended at once by a second Ctrl-C
      """)
}
