import WhTestSupport

extension Interaction {
  private static let webhook = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"
  private static let inApp = ["use app my-app"]
  private static let inWebhook = ["use app my-app", "webhook \(webhook)"]
  private static let staged = inWebhook + ["add event MESSAGE_SENT"]

  /// T1: an error ends what was pasted or typed ahead.
  static let errorsInBlocks: [Interaction] = [
    Interaction(
      "T1: a misspelt line ends what was typed ahead",
      "use apps prod-storefront\rwebhook *\rset url https://x.example\rcommit\r",
      sees: [
        "sandbox> use apps prod-storefront", "error[unknown-keyword]: `apps` is not known here", " --> prompt:1:5",
        "  |",
        "1 | use apps prod-storefront", "  |     ^^^^ did you mean `app`?",
        "note: not run: `webhook *`, `set url https://x.example`, `commit`", "sandbox> ‸",
      ]),
    Interaction(
      "T1: so does a line that fails", before: ["show apps"], "use app nope\rwebhook *\rcommit\r",
      sees: [
        "error[unknown-app]: no app named `nope`", " --> prompt:1:9", "  |", "1 | use app nope",
        "  |         ^^^^ run `show apps` for a list", "note: not run: `webhook *`, `commit`", "sandbox> ‸",
      ]),
    Interaction(
      "T1: the rest of the line is named too", "webhook *; commit; echo never\recho later\r",
      sees: [
        "error[no-apps-chosen]: no apps selected", " --> prompt:1:1", "  |", "1 | webhook *; commit; echo never",
        "  | ^^^^^^^^^ run `use app` first, such as `use app *`",
        "note: not run: `commit`, `echo never`, `echo later`", "sandbox> ‸",
      ]),
    Interaction(
      "T1: of many the first ones are named", "ad x\recho 1\recho 2\recho 3\recho 4\recho 5",
      sees: [
        "  | ^^ did you mean `add`?", "note: not run: `echo 1`, `echo 2`, `echo 3` and 2 more", "sandbox> ‸",
      ]),
    Interaction(
      "T1: a secret in them is not shown", "ad x\rset heder Authorisation 'Bearer abcdefgh1'\r",
      sees: ["  | ^^ did you mean `add`?", "note: not run: `set …`", "sandbox> ‸"]),
    Interaction(
      "T1: after `on error continue` they run", before: ["on error continue"], "ad x\recho on\r",
      sees: ["  | ^^ did you mean `add`?", "sandbox> echo on", "on", "sandbox> ‸"]),
    Interaction(
      "T1: a pasted block with a mistake does not run at all",
      Keys.paste("use apps x\nwebhook *\ncommit\n") + Keys.enter,
      sees: [
        "error[unknown-keyword]: `apps` is not known here", " --> prompt:1:5", "  |", "1 | use apps x",
        "  |     ^^^^ did you mean `app`?", "note: none of the 3 lines was run", "sandbox> ‸",
      ]),
    Interaction(
      "T1: one that fails midway names what did not run",
      Keys.paste("use app my-app\nwebhook whk_none\nset url https://x.example\ncommit") + Keys.enter,
      sees: [
        "  |         ^^^^^^^^ run `show webhooks` for a list", "note: not run: `set url https://x.example`, `commit`",
        "sandbox my-app> ‸",
      ]),
  ]

  /// T2: a paste stands in the editor.
  static let pastes: [Interaction] = [
    Interaction("T2: two lines", Keys.paste("echo one\necho two"), sees: ["sandbox> echo one", "echo two‸"]),
    Interaction(
      "T2: Enter runs them", Keys.paste("echo one\necho two\n") + Keys.enter,
      sees: ["sandbox> echo one", "echo two", "one", "two", "sandbox> ‸"]),
    Interaction(
      "T2: a `commit` among them waits too", before: inWebhook, Keys.paste("add event MESSAGE_SENT\ncommit\n"),
      sees: ["sandbox my-app/a0eebc99> add event MESSAGE_SENT", "commit‸"]),
    Interaction(
      "T2: Ctrl-C drops them", Keys.paste("echo one\necho two") + Keys.control("c"),
      sees: ["sandbox> echo one", "echo two^C", "sandbox> ‸"]),
    Interaction(
      "T2: they can be edited",
      Keys.paste("echo one\necho two") + Keys.backspace + Keys.backspace + Keys.backspace + "2",
      sees: ["sandbox> echo one", "echo 2‸"]),
    Interaction("T2: the last line end is left out", Keys.paste("echo one\r\n"), sees: ["sandbox> echo one‸"]),
    Interaction(
      "T2: they are one entry of the history", Keys.paste("echo one\necho two\n") + Keys.enter + Keys.up,
      sees: ["one", "two", "sandbox> echo one", "echo two‸"]),
    Interaction(
      "T2: a line of several rows", Keys.paste("echo \(String(repeating: "0123456789", count: 20))\necho two"),
      sees: ["sandbox> echo \(String(repeating: "0123456789", count: 20))", "echo two‸"]),
  ]

  /// T5, T11: names.
  static let names: [Interaction] = [
    Interaction(
      "T5: a comma within a name", "use app prod-*,staging-*" + Keys.enter,
      sees: [
        "error[unexpected-comma]: a comma within a name does not separate names", " --> prompt:1:15", "  |",
        "1 | use app prod-*,staging-*", "  |               ^ put a space after the comma, or quotes around the name",
        "sandbox> ‸",
      ]),
    Interaction(
      "T5: of webhooks too", before: inApp, "webhook w1,w2 clear headers" + Keys.enter,
      sees: [
        "error[unexpected-comma]: a comma within a name does not separate names", " --> prompt:1:11", "  |",
        "1 | webhook w1,w2 clear headers", "  |           ^ put a space after the comma, or quotes around the name",
        "sandbox my-app> ‸",
      ]),
    Interaction(
      "T5: with a space it is a list", "use app prod-*, staging-*" + Keys.enter, sees: ["9 apps", "sandbox 9 apps> ‸"]),
    Interaction(
      "T11: the beginning of a webhook's id", before: inApp, "webhook a0eebc99" + Keys.enter,
      sees: ["webhook \(webhook) https://old.example.com/my-app/messages", "sandbox my-app/a0eebc99> ‸"]),
    Interaction(
      "T11: an id as a table cuts it", before: inApp, "webhook a0eebc99-9…b9bd380a11" + Keys.enter,
      sees: ["webhook \(webhook) https://old.example.com/my-app/messages", "sandbox my-app/a0eebc99> ‸"]),
    Interaction(
      "T11: a row of the last list", before: inApp + ["show webhooks"], "webhook 2, 3" + Keys.enter,
      sees: ["2 webhooks in 1 app", "sandbox my-app/2 webhooks> ‸"]),
    Interaction(
      "T11: a row that it does not have", before: inApp + ["show webhooks"], "webhook 4" + Keys.enter,
      sees: [
        "error[unknown-webhook]: app my-app has no webhook `4`", " --> prompt:1:9", "  |", "1 | webhook 4",
        "  |         ^ run `show webhooks` for a list", "sandbox my-app> ‸",
      ]),
    Interaction(
      "T11: too short a beginning", before: inApp + ["show webhooks"], "webhook a0e" + Keys.enter,
      sees: [
        "error[unknown-webhook]: app my-app has no webhook `a0e`", " --> prompt:1:9", "  |", "1 | webhook a0e",
        "  |         ^^^ did you mean `\(webhook)`?", "sandbox my-app> ‸",
      ]),
    Interaction(
      "T11: the beginning of an app's id", before: ["show apps"], "use app b1ffcd11" + Keys.enter,
      sees: ["app my-app (b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22), 3 webhooks", "sandbox my-app> ‸"]),
    Interaction(
      "T11: a beginning of two ids", before: ["show apps"], "use app app_" + Keys.enter,
      sees: [
        "error[invalid-id]: `app_` is short for 7 ids", " --> prompt:1:9", "  |", "1 | use app app_",
        "  |         ^^^^ type more of it", "  = app_Ayu3zY3ntljCUnPH4zuClfFHLUu",
        "  = app_CI87cZsQOk7vdI5NHZ0zEA9q6bQ",
        "  = app_b5N1CCbl00cQfbcHGhSxv5K8iOx", "  = app_lYdHfNfINuYu7DtESIH7YD1ltAO",
        "  = app_n5VzSKmr6LfaWCbkCmb7GzMbgEZ",
        "  = app_vRHCaBJDGY3gSCwcFwyPf6MlWXQ", "  = app_z0dbcZuZwCGKst5CCiekGVPbJfl", "sandbox> ‸",
      ]),
  ]

  /// T9: keys.
  static let keys: [Interaction] = [
    Interaction("T9: Ctrl-Left", "one two" + "\u{1B}[1;5D", sees: ["sandbox> one ‸two"]),
    Interaction("T9: Alt-Left", "one two" + "\u{1B}[1;3D", sees: ["sandbox> one ‸two"]),
    Interaction("T9: Ctrl-Right", "one two" + Keys.control("a") + "\u{1B}[1;5C", sees: ["sandbox> one‸ two"]),
    Interaction("T9: Shift-Left", "one two" + "\u{1B}[1;2D", sees: ["sandbox> one tw‸o"]),
    Interaction("T9: Home", "one two" + "\u{1B}[1~", sees: ["sandbox> ‸one two"]),
    Interaction("T9: End", "one two" + Keys.control("a") + "\u{1B}[4~", sees: ["sandbox> one two‸"]),
    Interaction("T9: Delete", "one" + Keys.control("a") + "\u{1B}[3~", sees: ["sandbox> ‸ne"]),
    Interaction("T9: Ctrl-Delete", "one two" + Keys.control("a") + "\u{1B}[3;5~", sees: ["sandbox> ‸ two"]),
    Interaction(
      "T9: Page keys, Insert and function keys type nothing",
      "ab\u{1B}[5~\u{1B}[6~\u{1B}[2~\u{1B}OP\u{1B}[15~\u{1B}[24;2~\u{1B}[[Ac", sees: ["sandbox> abc‸"]),
    Interaction(
      "T20: a comma after a completed word", before: inWebhook, "remove event MESSAGE_C" + Keys.tab + ",",
      sees: ["sandbox my-app/a0eebc99> remove event MESSAGE_CREATED,‸"]),
    Interaction("T20: a semicolon too", "comm" + Keys.tab + "; show", sees: ["sandbox> commit; show‸"]),
    Interaction("T20: a space that was typed stays", "use app a ,", sees: ["sandbox> use app a ,‸"]),
    Interaction(
      "T14: a line with a secret does not come back", before: ["echo one", "set heder X 'Bearer abcdefgh1'"], Keys.up,
      sees: ["sandbox> echo one‸"]),
    Interaction(
      "T14: nor one with a password in a url", before: ["echo one", "set utl https://bob:hunter2@example.com"], Keys.up,
      sees: ["sandbox> echo one‸"]),
    Interaction(
      "T14: nor one with a token in a url", before: ["echo one", "echo https://example.com?token=hunter22"], Keys.up,
      sees: ["sandbox> echo one‸"]),
  ]

  /// T10: words that people bring along, and where they lead.
  static let synonyms = words.map { synonym($0.line, $0.length, $0.advice) } + phrases

  private static let words: [(line: String, length: Int, advice: String)] = [
    ("ls", 2, "use `show webhooks`, or `show apps`"), ("list", 4, "use `show webhooks`, or `show apps`"),
    (#"\d"#, 2, "use `show webhooks`, or `show apps`"), (#"\q"#, 2, "use `quit`, or press Ctrl-D"),
    ("?", 1, "use `help`"), ("apps", 4, "use `show apps`"), ("export", 6, "use `dump`"),
    ("update x", 6, "use `set url URL`, or another edit: `help set`"), ("plan", 4, "use `diff`, or `show requests`"),
    ("apply", 5, "use `commit`"), ("reset", 5, "use `rollback`"), ("unset header X", 5, "use `remove header`"),
    ("select * from webhooks", 6, "use `webhook where PREDICATE`"),
  ]

  private static func synonym(_ line: String, _ length: Int, _ advice: String) -> Interaction {
    Interaction(
      "T10: `\(line)`", line + Keys.enter,
      sees: [
        "error[unknown-keyword]: `\(line.prefix(length))` is not a statement", " --> prompt:1:1", "  |", "1 | \(line)",
        "  | \(String(repeating: "^", count: length)) \(advice)", "sandbox> ‸",
      ])
  }

  private static let phrases: [Interaction] = [
    Interaction(
      "T10: an app without `app`", "use my-app" + Keys.enter,
      sees: [
        "error[unknown-keyword]: `my-app` is not known here", " --> prompt:1:5", "  |", "1 | use my-app",
        "  |     ^^^^^^ use `use app my-app`", "sandbox> ‸",
      ]),
    Interaction(
      "T10: `delete event`", "delete event MESSAGE_SENT" + Keys.enter,
      sees: [
        "error[unknown-keyword]: `event` is not known here", " --> prompt:1:8", "  |", "1 | delete event MESSAGE_SENT",
        "  |        ^^^^^ use `remove event`", "sandbox> ‸",
      ]),
    Interaction(
      "T10: `clear`", "clear" + Keys.enter,
      sees: [
        "error[incomplete-statement]: the statement is not complete", " --> prompt:1:6", "  |", "1 | clear",
        "  |      ^ expected `headers`", "  = press Ctrl-L to clear the screen; `clear headers` removes headers",
        "sandbox> ‸",
      ]),
  ]

  /// T17, T21: what is staged, and questions.
  static let staging: [Interaction] = [
    Interaction(
      "T17: what is staged has numbers", before: staged + ["set header X-Team blue"], "status" + Keys.enter,
      sees: [
        "staged: 1 webhook to update in 1 app", "  1  add event MESSAGE_SENT", "  2  set header X-Team blue",
        "sandbox my-app/a0eebc99 *1> ‸",
      ]),
    Interaction(
      "T17: one of them is dropped", before: staged + ["set header X-Team blue", "unstage 1"], "diff" + Keys.enter,
      sees: [
        "my-app/a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "  + header  X-Team: blue", "sandbox my-app/a0eebc99 *1> ‸",
      ]),
    Interaction(
      "T17: it says what that was", before: staged, "unstage 1" + Keys.enter,
      sees: ["discarded `add event MESSAGE_SENT`, 0 changes to commit", "sandbox my-app/a0eebc99> ‸"]),
    Interaction(
      "T17: a number that there is not", before: staged, "unstage 3" + Keys.enter,
      sees: [
        "error[invalid-limit]: no staged statement has the number 3", " --> prompt:1:9", "  |", "1 | unstage 3",
        "  |         ^ `status` lists 1 statement", "sandbox my-app/a0eebc99 *1> ‸",
      ]),
    Interaction(
      "T17: Tab offers them", before: staged + ["set header X-Team blue"], "unstage " + Keys.tab,
      sees: ["1  add event MESSAGE_SENT", "2  set header X-Team blue", "sandbox my-app/a0eebc99 *1> unstage ‸"]),
    Interaction(
      "T21: an edit that changes nothing does not count", before: inWebhook, "add event MESSAGE_CREATED" + Keys.enter,
      sees: ["staged on 1 webhook, 0 changes to commit", "sandbox my-app/a0eebc99> ‸"]),
    Interaction(
      "T21: two edits of one webhook are one change", before: staged, "set header X-Team blue" + Keys.enter,
      sees: ["staged on 1 webhook, 1 change to commit", "sandbox my-app/a0eebc99 *1> ‸"]),
    Interaction(
      "T21: no is not an error", before: inWebhook + ["delete webhook", "commit"], "n" + Keys.enter,
      sees: [
        "warning[confirmation-needed]: the commit deletes 1 webhook: the commit was not", "confirmed",
        " --> prompt:1:1",
        "  |", "1 | commit", "  | ^^^^^^ nothing was sent; in scripts, use `--yes`", "sandbox my-app/a0eebc99 *1> ‸",
      ],
      wide: [
        "warning[confirmation-needed]: the commit deletes 1 webhook: the commit was not confirmed", " --> prompt:1:1",
        "  |", "1 | commit", "  | ^^^^^^ nothing was sent; in scripts, use `--yes`", "sandbox my-app/a0eebc99 *1> ‸",
      ]),
    Interaction(
      "T21: Enter alone is a no", before: inWebhook + ["delete webhook", "commit"], Keys.enter,
      sees: ["  | ^^^^^^ nothing was sent; in scripts, use `--yes`", "sandbox my-app/a0eebc99 *1> ‸"]),
    Interaction(
      "T21: yes sends it", before: inWebhook + ["delete webhook", "commit"], "y" + Keys.enter,
      sees: ["committed: 1 deleted (run 1)", "sandbox my-app/0 webhooks> ‸"]),
  ]

  /// Statements of the prompt.
  static let ofPrompt: [Interaction] = [
    Interaction("T6: nothing to resume", "resume" + Keys.enter, sees: ["note: nothing to resume", "sandbox> ‸"]),
    Interaction(
      "T6: a run that is finished", before: staged + ["commit"], "resume 1" + Keys.enter,
      sees: ["note: run 1 is finished", "sandbox my-app/a0eebc99> ‸"]),
    Interaction(
      "A run that there is not", "show run 7" + Keys.enter,
      sees: [
        "error[unknown-run]: profile sandbox has no run 7 on this server", " --> prompt:1:1", "  |", "1 | show run 7",
        "  | ^^^^^^^^^^ run `show runs` for a list", "sandbox> ‸",
      ]),
    Interaction(
      "The changes of a run", before: staged + ["commit"], "show run 1 as json | grep -c MESSAGE_SENT" + Keys.enter,
      sees: ["1", "sandbox my-app/a0eebc99> ‸"]),
    Interaction(
      "The history", before: ["echo one", "echo two"], "history 3" + Keys.enter,
      sees: ["sandbox> history 3", "echo one", "echo two", "history 3", "sandbox> ‸"]),
    Interaction(
      "A shell command", "! echo a; echo b" + Keys.enter, sees: ["a", "b", "sandbox> ‸"]),
    Interaction(
      "It may be glued to the sign", "!echo 'a; b'|tr a c" + Keys.enter, sees: ["c; b", "sandbox> ‸"]),
    Interaction(
      "One that fails", "! exit 3" + Keys.enter,
      sees: [
        "error[command-failed]: the command exited with status 3", " --> prompt:1:1", "  |", "1 | ! exit 3",
        "  | ^^^^^^^^",
        "sandbox> ‸",
      ]),
    Interaction(
      "T13: an option for all of a report", "config verbose on" + Keys.enter, sees: ["verbose = on", "sandbox> ‸"]),
    Interaction(
      "The prompt's own text", #"config prompt "{profile}:{app}{changes}$ ""# + Keys.enter,
      sees: [#"prompt = {profile}:{app}{changes}$"#, "sandbox:$ ‸"]),
    Interaction(
      "A placeholder that there is not", #"config prompt "{nothing}""# + Keys.enter,
      sees: [#"1 | config prompt "{nothing}""#, "  |               ^^^^^^^^^^^", "sandbox> ‸"]),
    Interaction(
      "T18: help on codes of errors", "help unknown-app" + Keys.enter,
      sees: ["unknown-app: No app has this id or slug. `show apps` lists the apps.", "sandbox> ‸"]),
    Interaction(
      "T18: help on patterns", "help globs" + Keys.enter,
      sees: ["  use app prod-*", "  webhook where url ~ https://old.example.com/*", "sandbox> ‸"]),
    Interaction(
      "T18: help on quotes", "help quotes" + Keys.enter,
      sees: ["A quoted word is never a keyword. Quote names that contain `;`, `#` or spaces.", "sandbox> ‸"]),
    Interaction(
      "T18: help on predicates", "help where" + Keys.enter,
      sees: ["  expect not (host = old.example.com or header X-Old)", "sandbox> ‸"]),
    Interaction(
      "T18: a pattern without a wildcard", before: inApp, "webhook where url ~ old.example.com" + Keys.enter,
      sees: [
        "warning[no-wildcard]: the pattern has no wildcard, so it only matches this exact", "value", " --> prompt:1:21",
        "  |",
        "1 | webhook where url ~ old.example.com",
        "  |                     ^^^^^^^^^^^^^^^ write `=`, or add `*` where any text may",
        "  |                                     stand", "note: no matching webhooks: no webhooks selected",
        "sandbox my-app/0 webhooks> ‸",
      ],
      wide: [
        "warning[no-wildcard]: the pattern has no wildcard, so it only matches this exact value", " --> prompt:1:21",
        "  |",
        "1 | webhook where url ~ old.example.com",
        "  |                     ^^^^^^^^^^^^^^^ write `=`, or add `*` where any text may stand",
        "note: no matching webhooks: no webhooks selected", "sandbox my-app/0 webhooks> ‸",
      ]),
    Interaction(
      "T18: no blanks around operators", before: inApp, #"webhook where url~"*status""# + Keys.enter,
      sees: [
        "webhook eb2d8390-2244-4960-a30c-14985d10fb70 https://old.example.com/my-app/status",
        "sandbox my-app/eb2d8390> ‸",
      ]),
  ]

  static let faults = [errorsInBlocks, pastes, names, keys, synonyms, staging, ofPrompt].flatMap(\.self)
}
