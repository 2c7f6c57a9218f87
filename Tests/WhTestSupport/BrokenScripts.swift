/// Scripts with errors of every kind that can be found before anything is sent.
package enum BrokenScripts {
  package static let all: [BrokenScript] =
    text + keywords + commas + missing + ids + urls + headers + events + times + variables + options + files
    + predicates
    + several

  private typealias Finding = BrokenScript.Finding

  /// The form of the text itself.
  package static let text: [BrokenScript] = [
    BrokenScript(bytes: [0xFF], Finding("not-utf8", 1, 1, "\u{FFFD}", label: "invalid byte 0xFF")),
    BrokenScript(
      bytes: Array("use app *\r\n# é\r\nécho \"é".utf8) + [0xC3, 0x22],
      Finding("not-utf8", 3, 8, "\u{FFFD}", label: "invalid byte 0xC3")),
    BrokenScript(bytes: [0xEF, 0xBB, 0xBF, 0x65, 0x80], Finding("not-utf8", 1, 2, "\u{FFFD}")),
    BrokenScript("use app my-app\nset url \"https://x.example\n", "unclosed-quote", 2, 9, "\"", "opened here"),
    BrokenScript("echo 'it is", "unclosed-quote", 1, 6, "'"),
    BrokenScript("echo \"a\ncommit", "unclosed-quote", 1, 6, "\""),
    BrokenScript("echo \"a\"b", "text-after-quote", 1, 9, "b", "add a space before this"),
    BrokenScript("echo 'a''b'", "text-after-quote", 1, 9, "'"),
    BrokenScript(#"echo "a\q""#, "unknown-escape", 1, 8, #"\q"#, "the escapes are"),
    BrokenScript(#"echo "\'""#, "unknown-escape", 1, 7, #"\'"#),
    BrokenScript(#"echo "\u{110000}""#, "bad-unicode-escape", 1, 7, #"\u{110000}"#),
    BrokenScript(#"echo "\u{}""#, "bad-unicode-escape", 1, 7, #"\u{}"#),
    BrokenScript("echo ${host", "unclosed-variable", 1, 6, "${host", "add `}`"),
    BrokenScript("echo \"${host\"", "unclosed-variable", 1, 7, "${host"),
    BrokenScript("echo ${1st}", "bad-variable-name", 1, 6, "${1st}"),
    BrokenScript("echo ${}", "bad-variable-name", 1, 6, "${}"),
    BrokenScript("commit \\", "nothing-to-join", 1, 8, "\\", "remove it"),
    BrokenScript("add event \\", "nothing-to-join", 1, 11, "\\"),
  ]

  /// Words where a keyword is to stand.
  package static let keywords: [BrokenScript] = [
    BrokenScript(
      "use app *\nwebhook *\n\nad event MESSAGE_SENT\ncommit\n", "unknown-keyword", 4, 1, "ad", "did you mean `add`?"),
    BrokenScript("\u{FEFF}comit\r\n", "unknown-keyword", 1, 1, "comit", "did you mean `commit`?"),
    BrokenScript("frobnicate", "unknown-keyword", 1, 1, "frobnicate", "run `help` for a list of statements"),
    BrokenScript("\"commit\"", "unknown-keyword", 1, 1, "\"commit\"", "remove the quotes"),
    BrokenScript("commit; 'rollback'", "unknown-keyword", 1, 9, "'rollback'", "remove the quotes"),
    BrokenScript("use ap *", "unknown-keyword", 1, 5, "ap", "did you mean `app`?"),
    BrokenScript("set ulr https://x.example", "unknown-keyword", 1, 5, "ulr", "did you mean `url`?"),
    BrokenScript(
      "\t日本; set evnts A", files: [:], Finding("unknown-keyword", 1, 2, "日本"),
      Finding("unknown-keyword", 1, 10, "evnts", label: "did you mean `events`?")),
    BrokenScript("rename event A too B", "unknown-keyword", 1, 16, "too", "did you mean `to`?"),
    BrokenScript("rename event A B", "unexpected-word", 1, 16, "B", "expected `to`"),
    BrokenScript("replace url a wiht b", "unknown-keyword", 1, 15, "wiht", "did you mean `with`?"),
    BrokenScript("on eror stop", "unknown-keyword", 1, 4, "eror", "did you mean `error`?"),
    BrokenScript("on error halt", "unexpected-word", 1, 10, "halt", "expected `stop` or `continue`"),
    BrokenScript("show app", "unknown-keyword", 1, 6, "app", "did you mean `apps`?"),
    BrokenScript("clear header", "unknown-keyword", 1, 7, "header", "did you mean `headers`?"),
    BrokenScript("clear headers X-A", "unexpected-word", 1, 15, "X-A", "the statement ends before this"),
    BrokenScript("commit now", "unexpected-word", 1, 8, "now", "the statement ends before this"),
    BrokenScript("commit commit", "unexpected-word", 1, 8, "commit"),
    BrokenScript("rollback; refresh all", "unexpected-word", 1, 19, "all"),
    BrokenScript("set url https://a.example https://b.example", "unexpected-word", 1, 27, "https://b.example"),
    BrokenScript("set header X-A a b", "unexpected-word", 1, 18, "b", "the statement ends before this"),
    BrokenScript("let x 5", "unexpected-word", 1, 7, "5", "expected `=`"),
    BrokenScript("let x = a b", "unexpected-word", 1, 11, "b"),
    BrokenScript("let = 5", "unexpected-word", 1, 5, "=", "expected a variable name"),
    BrokenScript("use profile a b", "unexpected-word", 1, 15, "b"),
    BrokenScript("config jobs 1 2", "unexpected-word", 1, 15, "2"),
    BrokenScript("webhook set url https://x.example", "unexpected-word", 1, 9, "set", "expected a webhook"),
    BrokenScript("webhook * set ulr https://x.example", "unknown-keyword", 1, 15, "ulr", "did you mean `url`?"),
    BrokenScript("webhook w1 st header X-A v", "unknown-keyword", 1, 12, "st", "did you mean `set`?"),
    BrokenScript("webhook w1, w2 ad event A", "unknown-keyword", 1, 16, "ad", "did you mean `add`?"),
    BrokenScript("webhook w1 frob url https://x.example", "unexpected-word", 1, 12, "frob", "`set`"),
    BrokenScript("webhook header X-A v", "unexpected-word", 1, 9, "header", "expected a webhook"),
    BrokenScript("webhook * commit", "unexpected-word", 1, 11, "commit"),
    BrokenScript("webhook * webhook *", "unexpected-word", 1, 11, "webhook"),
    BrokenScript("add \"event\" MESSAGE_SENT", "unexpected-word", 1, 5, "\"event\"", "expected `event`"),
  ]

  /// Commas where none may stand.
  package static let commas: [BrokenScript] = [
    BrokenScript("add event , MESSAGE_SENT", "unexpected-comma", 1, 11, ",", "expected an event"),
    BrokenScript("add event MESSAGE_SENT, , A", "unexpected-comma", 1, 25, ","),
    BrokenScript("add event MESSAGE_SENT,", "incomplete-statement", 1, 24, "", "expected an event"),
    BrokenScript("add event MESSAGE_SENT,, A", "invalid-event", 1, 11, "MESSAGE_SENT,"),
    BrokenScript("commit,", "unexpected-comma", 1, 7, ","),
    BrokenScript(", commit", "unexpected-comma", 1, 1, ","),
    BrokenScript("use app *, my-app", "unexpected-comma", 1, 10, ","),
    BrokenScript("use app a, , b", "unexpected-comma", 1, 12, ","),
    BrokenScript("set header X-A, X-B", "unexpected-comma", 1, 15, ","),
    BrokenScript("rename event A, B to C", "unexpected-comma", 1, 15, ","),
    BrokenScript("echo a, b", "unexpected-comma", 1, 7, ","),
    BrokenScript("expect event A, event B", "unexpected-comma", 1, 15, ","),
  ]

  /// Statements that end too early.
  package static let missing: [BrokenScript] = [
    ("use", "`app` or `profile`"), ("use app", "an app"), ("use app where", "`slug`"), ("use app from", "a file name"),
    ("use profile", "a profile name"), ("webhook", "a webhook"), ("webhook from", "a file name"), ("set", "`url`"),
    ("set url", "a url"), ("set events", "an event"), ("set header", "a header name"),
    ("set header X-A", "a header value"), ("add", "`event`"), ("add event", "an event"), ("remove", "`event`"),
    ("remove event", "a subscribed event"), ("remove header", "a present header"), ("rename event A", "`to`"),
    ("rename event A to", "an event"), ("replace url a", "`with`"), ("replace url a with", "a text in the url"),
    ("clear", "`headers`"), ("expect", "`event`"), ("expect not", "`event`"), ("expect event", "an event"),
    ("expect event A and", "`not`"), ("expect url", "`=`"), ("expect url =", "a url"), ("expect url ~", "a glob"),
    ("expect (event A", "`)`"), ("expect header", "a header name"), ("expect header A =", "a header value"),
    ("let", "a variable name"), ("let x", "`=`"), ("let x =", "a word"), ("source", "a file name"), ("on", "`error`"),
    ("on error", "`stop` or `continue`"), ("config", "an option"), ("webhook * set", "`url`"),
  ].map { BrokenScript($0, "incomplete-statement", 1, $0.utf8.count + 1, "", $1) }

  package static let ids: [BrokenScript] = [
    BrokenScript("use app ../etc", "invalid-id", 1, 9, "../etc"),
    BrokenScript("use app a/b", "invalid-id", 1, 9, "a/b"),
    BrokenScript("use app ..", "invalid-id", 1, 9, ".."),
    BrokenScript("use app \"\"", "invalid-id", 1, 9, "\"\""),
    BrokenScript("use app my-app, \"my app\"", "invalid-id", 1, 17, "\"my app\""),
    BrokenScript("webhook a0/../b1", "invalid-id", 1, 9, "a0/../b1"),
    BrokenScript(#"webhook "w1\r\nX-Evil: 1""#, "invalid-id", 1, 9, #""w1\r\nX-Evil: 1""#),
    BrokenScript(#"webhook "w1\n""#, "invalid-id", 1, 9, #""w1\n""#),
    BrokenScript(#"webhook "w\u{0}1""#, "invalid-id", 1, 9, #""w\u{0}1""#),
    BrokenScript("webhook w1&x", "invalid-id", 1, 9, "w1&x"),
    BrokenScript("webhook %2e%2e", "invalid-id", 1, 9, "%2e%2e"),
    BrokenScript("let id = a/b; webhook ${id}", "invalid-id", 1, 23, "${id}"),
    BrokenScript(
      "use app *\nwebhook from \"ids.txt\"", files: ["ids.txt": "# ids\r\nw1 # first\r\n  w/2\r\n"],
      Finding("invalid-id", 3, 3, "w/2", file: "ids.txt")),
    BrokenScript(
      "webhook " + String(repeating: "w", count: 129), files: [:],
      Finding("invalid-id", 1, 9, String(repeating: "w", count: 129))),
  ]

  package static let urls: [BrokenScript] = [
    BrokenScript("set url nonsense", "invalid-url", 1, 9, "nonsense"),
    BrokenScript("set url ftp://example.com", "invalid-url", 1, 9, "ftp://example.com"),
    BrokenScript("set url \"\"", "invalid-url", 1, 9, "\"\""),
    BrokenScript("set url https://", "invalid-url", 1, 9, "https://"),
    BrokenScript("set url \"https://example.com/a b\"", "invalid-url", 1, 9, "\"https://example.com/a b\""),
    BrokenScript(#"set url "https://x.example/\r\nX: y""#, "invalid-url", 1, 9, #""https://x.example/\r\nX: y""#),
    BrokenScript(#"set url "https://x.example/\n""#, "invalid-url", 1, 9, #""https://x.example/\n""#),
    BrokenScript(#"set url "https://x.example/\u{0}""#, "invalid-url", 1, 9, #""https://x.example/\u{0}""#),
    BrokenScript("set url https://user:pw@example.com", "invalid-url", 1, 9, "https://user:pw@example.com"),
    BrokenScript("set url https://example.com:99999/", "invalid-url", 1, 9, "https://example.com:99999/"),
    BrokenScript("set url ${app.slug}", "invalid-url", 1, 9, "${app.slug}"),
    BrokenScript("let host = \"a b\"\nset url https://${host}/", "invalid-url", 2, 9, "https://${host}/"),
    BrokenScript("webhook * set url x", "invalid-url", 1, 19, "x"),
    BrokenScript("create webhook nonsense", "invalid-url", 1, 16, "nonsense"),
    BrokenScript(
      "create webhook https://x.example/${webhook.id}", "placeholder-not-allowed", 1, 16,
      "https://x.example/${webhook.id}"),
    BrokenScript("replace url \"\" with b", "empty-text", 1, 13, "\"\""),
    BrokenScript("replace url \"a b\" with c", "invalid-url", 1, 13, "\"a b\""),
    BrokenScript(#"replace url a with "\r\n""#, "invalid-url", 1, 20, #""\r\n""#),
  ]

  package static let headers: [BrokenScript] = [
    BrokenScript("set header \"X Y\" v", "invalid-header-name", 1, 12, "\"X Y\""),
    BrokenScript("set header X-A: v", "invalid-header-name", 1, 12, "X-A:"),
    BrokenScript("set header \"\" v", "invalid-header-name", 1, 12, "\"\""),
    BrokenScript(#"set header "X\r\nY" v"#, "invalid-header-name", 1, 12, #""X\r\nY""#),
    BrokenScript(#"set header "X\u{0}" v"#, "invalid-header-name", 1, 12, #""X\u{0}""#),
    BrokenScript(#"set header X-A "a\r\nb""#, "invalid-header-value", 1, 16, #""a\r\nb""#),
    BrokenScript(#"set header X-A "a\nb""#, "invalid-header-value", 1, 16, #""a\nb""#),
    BrokenScript(#"set header X-A "a\rb""#, "invalid-header-value", 1, 16, #""a\rb""#),
    BrokenScript(#"set header X-A "a\u{0}b""#, "invalid-header-value", 1, 16, #""a\u{0}b""#),
    BrokenScript("set header X-A \"a\nb\"", "invalid-header-value", 1, 16, "\"a\nb\""),
    BrokenScript("remove header X-A, \"X B\"", "invalid-header-name", 1, 20, "\"X B\""),
    BrokenScript("expect header X-A=v", "invalid-header-name", 1, 15, "X-A=v"),
  ]

  package static let events: [BrokenScript] = [
    BrokenScript("add event \"a b\"", "invalid-event", 1, 11, "\"a b\""),
    BrokenScript("add event \"\"", "invalid-event", 1, 11, "\"\""),
    BrokenScript(#"set events MESSAGE_SENT "A\n""#, "invalid-event", 1, 25, #""A\n""#),
    BrokenScript("remove event A,B", "invalid-event", 1, 14, "A,B"),
    BrokenScript(#"rename event A to "\u{0}""#, "invalid-event", 1, 19, #""\u{0}""#),
    BrokenScript(
      "add event A, MESSAGE_*", "event-pattern", 1, 14, "MESSAGE_*",
      "write `MESSAGE_CREATED, MESSAGE_SENT, MESSAGE_DELIVERED`"),
    BrokenScript(
      "config strict on\nadd event MESSAGE_SNT", "unknown-event", 2, 11, "MESSAGE_SNT", "did you mean `MESSAGE_SENT`?"),
  ]

  package static let times: [BrokenScript] = [
    BrokenScript("webhook where created < yesterday", "invalid-time", 1, 25, "yesterday"),
    BrokenScript("webhook where created < 2026-02-30", "invalid-time", 1, 25, "2026-02-30"),
    BrokenScript("use app where updated > 2026-01-01T25:00:00Z", "invalid-time", 1, 25, "2026-01-01T25:00:00Z"),
    BrokenScript("expect created<2026-1-1", "invalid-time", 1, 16, "2026-1-1"),
    BrokenScript("expect updated >= \"2026-01-01 12:00\"", "invalid-time", 1, 19, "\"2026-01-01 12:00\""),
  ]

  package static let variables: [BrokenScript] = [
    BrokenScript("echo ${nope}", "unknown-variable", 1, 6, "${nope}", "let nope = …"),
    BrokenScript(
      "let host = x.example\nset url https://${hots}/", "unknown-variable", 2, 17, "${hots}", "did you mean `${host}`?"),
    BrokenScript(
      "set url https://x/${app.slugs}", "unknown-variable", 1, 19, "${app.slugs}", "did you mean `${app.slug}`?"),
    BrokenScript("echo ${late}; let late = 1", "unknown-variable", 1, 6, "${late}"),
    BrokenScript("use app ${app.slug}", "placeholder-not-allowed", 1, 9, "${app.slug}"),
    BrokenScript("echo \"a ${webhook.id}\"", "placeholder-not-allowed", 1, 6, "\"a ${webhook.id}\""),
    BrokenScript("add event ${app.name}", "placeholder-not-allowed", 1, 11, "${app.name}"),
    BrokenScript("let x = ${app.id}", "placeholder-not-allowed", 1, 9, "${app.id}"),
    BrokenScript("let app.id = x", "reserved-variable", 1, 5, "app.id"),
    BrokenScript("let 1st = x", "bad-variable-name", 1, 5, "1st"),
    BrokenScript("let a-b = x", "bad-variable-name", 1, 5, "a-b"),
    BrokenScript("let \"a b\" = x", "bad-variable-name", 1, 5, "\"a b\""),
  ]

  package static let options: [BrokenScript] = [
    BrokenScript("config nonsense", "unknown-option", 1, 8, "nonsense", "the options are"),
    BrokenScript("config job 3", "unknown-option", 1, 8, "job", "did you mean `jobs`?"),
    BrokenScript("config jobs many", "invalid-option-value", 1, 13, "many"),
    BrokenScript("config jobs 0", "invalid-option-value", 1, 13, "0"),
    BrokenScript("config jobs 65", "invalid-option-value", 1, 13, "65"),
    BrokenScript("config conflicts maybe", "invalid-option-value", 1, 18, "maybe"),
    BrokenScript("config output xml", "invalid-option-value", 1, 15, "xml"),
    BrokenScript("config strict perhaps", "invalid-option-value", 1, 15, "perhaps"),
    BrokenScript("config recheck -1", "invalid-option-value", 1, 16, "-1"),
    BrokenScript("undo last", "invalid-run", 1, 6, "last"),
    BrokenScript("undo 0", "invalid-run", 1, 6, "0"),
    BrokenScript("undo 1 2", "unexpected-word", 1, 8, "2"),
    BrokenScript("help frobnicate", "unknown-topic", 1, 6, "frobnicate"),
    BrokenScript("help comit", "unknown-topic", 1, 6, "comit", "did you mean `commit`?"),
  ]

  package static let files: [BrokenScript] = [
    BrokenScript("source \"missing.wh\"", "unreadable-file", 1, 8, "\"missing.wh\""),
    BrokenScript("source \"\"", "unreadable-file", 1, 8, "\"\""),
    BrokenScript("use app from \"missing.txt\"", "unreadable-file", 1, 14, "\"missing.txt\""),
    BrokenScript("webhook from missing.txt", "unreadable-file", 1, 14, "missing.txt"),
    BrokenScript(
      "source \"broken.wh\"", files: ["broken.wh": "source \"broken.wh\""],
      Finding("source-cycle", 1, 8, "\"broken.wh\"")),
    BrokenScript(
      "source \"one.wh\"", files: ["one.wh": "echo 1\nsource 'two.wh'\n", "two.wh": "source \"./one.wh\""],
      Finding("source-cycle", 1, 8, "\"./one.wh\"", label: "one.wh → two.wh → one.wh", file: "two.wh")),
    BrokenScript(
      "echo ${a}\nsource inner.wh\nad event B", files: ["inner.wh": "comit\nset url x"],
      Finding("unknown-variable", 1, 6, "${a}"), Finding("unknown-keyword", 1, 1, "comit", file: "inner.wh"),
      Finding("invalid-url", 2, 9, "x", file: "inner.wh"), Finding("unknown-keyword", 3, 1, "ad")),
    BrokenScript(
      "source lib/inner.wh", files: ["lib/inner.wh": "source other.wh", "lib/other.wh": "ad"],
      Finding("unknown-keyword", 1, 1, "ad", file: "lib/other.wh")),
  ]

  package static let predicates: [BrokenScript] = [
    BrokenScript("expect event = MESSAGE_SENT", "unexpected-word", 1, 14, "=", "expected an event"),
    BrokenScript("expect not event=MESSAGE_SENT", "unexpected-word", 1, 17, "=MESSAGE_SENT"),
    BrokenScript("webhook where url < x", "unexpected-word", 1, 19, "<"),
    BrokenScript("webhook where created = 2026-01-01", "unexpected-word", 1, 23, "="),
    BrokenScript("use app where url = x", "unexpected-word", 1, 15, "url"),
    BrokenScript("use app where event A", "unexpected-word", 1, 15, "event"),
    BrokenScript("expect event A nad event B", "unknown-keyword", 1, 16, "nad", "did you mean `and`?"),
    BrokenScript("expect event A event B", "unexpected-word", 1, 16, "event"),
    BrokenScript("expect (event A))", "unexpected-word", 1, 17, ")"),
    BrokenScript("expect ()", "unexpected-word", 1, 9, ")"),
    BrokenScript("expect \"url\" = x", "unexpected-word", 1, 8, "\"url\""),
    BrokenScript("expect ulr = x", "unknown-keyword", 1, 8, "ulr", "did you mean `url`?"),
  ]

  /// More than one error: all are found, in order, and none twice.
  package static let several: [BrokenScript] = [
    BrokenScript(
      "set url nonsense\nad event A\nconfig jobs 0; echo ${x}\r\nset header X-A \"\\q\"\ncommit now\necho 'a",
      files: [:], Finding("invalid-url", 1, 9, "nonsense"), Finding("unknown-keyword", 2, 1, "ad"),
      Finding("invalid-option-value", 3, 13, "0"), Finding("unknown-variable", 3, 21, "${x}"),
      Finding("unknown-escape", 4, 17, "\\q"), Finding("unexpected-word", 5, 8, "now"),
      Finding("unclosed-quote", 6, 6, "'")),
    BrokenScript(
      "ad; ad; ad", files: [:], Finding("unknown-keyword", 1, 1, "ad"),
      Finding("unknown-keyword", 1, 5, "ad"), Finding("unknown-keyword", 1, 9, "ad")),
    // A broken word causes no second error.
    BrokenScript("set url \"\\q\"", "unknown-escape", 1, 10, "\\q"),
    BrokenScript("set url \"nonsense", "unclosed-quote", 1, 9, "\""),
    BrokenScript("add event ${", "unclosed-variable", 1, 11, "${"),
    BrokenScript("let x = \"\\q\"\necho ${x}", "unknown-escape", 1, 10, "\\q"),
  ]
}
