import Testing
import WhSyntax
import WhSyntaxShape

@Suite struct ParserTests {
  @Test(arguments: [
    ("commit", "12 | commit"),
    ("COMMIT", "12 | commit"),
    ("show", "2 | show"),
    ("Show Apps", "3 | show apps"),
    ("use app *", "0 | use app | selection: all"),
    ("use app a", "0 | use app | selection: a"),
    ("use app a, b c", "0 | use app | selection: a · b · c"),
    ("use app prod-*, my-app", "0 | use app | selection: prod-* · my-app"),
    ("use app from \"ids.txt\"", "0 | use app from | selection: file ids.txt"),
    ("use app from ids.txt", "0 | use app from | selection: file ids.txt"),
    ("use app where status = active", "0 | use app where status | selection: status=active"),
    ("use app \"where\"", "0 | use app | selection: where"),
    ("use app 'from'", "0 | use app | selection: from"),
    ("use app \"*\"", "0 | use app | selection: *"),
    ("webhook *", "1 | webhook | selection: all"),
    ("webhook a set url u", "1 | webhook | selection: a | edit: 4 u"),
    ("webhook a, b set url u", "1 | webhook | selection: a · b | edit: 4 u"),
    ("webhook a b add event X, Y", "1 | webhook | selection: a · b | edit: 6 XY"),
    ("webhook * set url u", "1 | webhook | selection: all | edit: 4 u"),
    ("webhook from f set url u", "1 | webhook from | selection: file f | edit: 4 u"),
    ("webhook where event A set url u", "1 | webhook where event | selection: event:A | edit: 4 u"),
    (
      "webhook where event A and url = set add event B",
      "1 | webhook where event and url | selection: (event:A & url=set) | edit: 6 B"
    ),
    ("webhook where(event A)", "1 | webhook where event | selection: event:A"),
    ("webhook \"set\" add event B", "1 | webhook | selection: set | edit: 6 B"),
    ("webhook a, \"add\"", "1 | webhook | selection: a · add"),
    ("webhook a, url", "1 | webhook | selection: a · url"),
    ("webhook a \"url\"", "1 | webhook | selection: a · url"),
    ("webhook a, add", "1 | webhook | selection: a · add"),
    ("add event A B", "6 | add event | events: A · B"),
    ("add event A, B", "6 | add event | events: A · B"),
    ("add event A,B", "6 | add event | events: A,B"),
    ("add event A , B", "6 | add event | events: A · B"),
    ("add \\\n event A,\\\n B", "6 | add event | events: A · B"),
    ("rename event to to to", "7 | rename event to | new: to | old: to"),
    ("let x = 5", "9 | let | name: x | value: 5"),
    ("let x=5", "9 | let | name: x | value: 5"),
    ("let x =5", "9 | let | name: x | value: 5"),
    ("let x= 5", "9 | let | name: x | value: 5"),
    ("let x = \"\"", "9 | let | name: x | value: "),
    ("let x = a=b", "9 | let | name: x | value: a=b"),
    ("let x = ${y}", "9 | let | name: x | value: <y>"),
    ("let x=${y}", "9 | let | name: x | value: <y>"),
    ("echo", "10 | echo"),
    ("echo a \"b c\" 'd'", "10 | echo | words: a · b c · d"),
    ("echo x=\"5\"", "10 | echo | words: x=\"5\""),
    ("echo echo", "10 | echo | words: echo"),
    ("on error stop", "11 | on error stop"),
    ("ON ERROR CONTINUE", "11 | on error continue"),
  ])
  func statements(_ text: String, _ expected: String) {
    let script = SmallTable.parse(text)
    #expect(Shape.of(script.diagnostics) == [])
    #expect(Shape.of(script) == [expected])
  }

  @Test(
    arguments: [
      ("ad event A", "unknown-keyword@1:1 «ad»", "did you mean `add`?"),
      ("frobnicate", "unknown-keyword@1:1 «frobnicate»", "run `help` for a list of statements"),
      ("\"commit\"", "unknown-keyword@1:1 «\"commit\"»", "remove the quotes"),
      ("'show' apps", "unknown-keyword@1:1 «'show'»", "remove the quotes"),
      ("add evnt A", "unknown-keyword@1:5 «evnt»", "did you mean `event`?"),
      ("add \"event\" A", "unexpected-word@1:5 «\"event\"»", "expected `event`"),
      ("rename event A too B", "unknown-keyword@1:16 «too»", "did you mean `to`?"),
      ("rename event A B", "unexpected-word@1:16 «B»", "expected `to`"),
      ("commit now", "unexpected-word@1:8 «now»", "the statement ends before this"),
      ("set url a b", "unexpected-word@1:11 «b»", "the statement ends before this"),
      ("on error explode", "unexpected-word@1:10 «explode»", "expected `stop` or `continue`"),
      ("add", "incomplete-statement@1:4 «»", "expected `event`"),
      ("add event", "incomplete-statement@1:10 «»", "expected an event"),
      ("add event # nothing", "incomplete-statement@1:10 «»", "expected an event"),
      ("add event A,", "incomplete-statement@1:13 «»", "expected an event"),
      ("add event , A", "unexpected-comma@1:11 «,»", "expected an event"),
      ("add event A, , B", "unexpected-comma@1:14 «,»", "expected an event"),
      (", commit", "unexpected-comma@1:1 «,»", nil),
      ("commit, ", "unexpected-comma@1:7 «,»", "expected the end of the statement"),
      ("use app", "incomplete-statement@1:8 «»", "expected an app, `*`, `where` or `from`"),
      ("use app *, a", "unexpected-comma@1:10 «,»", "expected `except`, `limit` or the end of the statement"),
      ("use app where", "incomplete-statement@1:14 «»", nil),
      ("use app where url = x", "unexpected-word@1:15 «url»", nil),
      ("use app from", "incomplete-statement@1:13 «»", "expected a file name"),
      ("webhook set url u", "unexpected-word@1:9 «set»", "expected a webhook, `*`, `where` or `from`"),
      ("webhook", "incomplete-statement@1:8 «»", "expected a webhook, `*`, `where` or `from`"),
      ("webhook a set", "incomplete-statement@1:14 «»", "expected `url` or `header`"),
      ("webhook a set url", "incomplete-statement@1:18 «»", "expected a url"),
      ("webhook a set url u v", "unexpected-word@1:21 «v»", "the statement ends before this"),
      ("let = 5", "unexpected-word@1:5 «=»", "expected a variable name"),
      ("let x 5", "unexpected-word@1:7 «5»", "expected `=` or `from`"),
      ("let x =", "incomplete-statement@1:8 «»", "expected a word"),
      ("let x = 5 6", "unexpected-word@1:11 «6»", "the statement ends before this"),
      ("echo a, b", "unexpected-comma@1:7 «,»", nil),
    ] as [(String, String, String?)])
  func errors(_ text: String, _ expected: String, _ label: String?) {
    let script = SmallTable.parse(text)
    #expect(Shape.of(script.diagnostics) == [expected])
    #expect(script.statements.isEmpty)
    if let label { #expect(script.diagnostics.first?.label == label) }
  }

  @Test func allErrorsAreFoundInOrder() {
    let script = SmallTable.parse("ad event A\ncommit\nadd event \"\\q\"\n\"x\ncommit now; show me")
    #expect(
      Shape.of(script.diagnostics) == [
        "unknown-keyword@1:1 «ad»", "unknown-escape@3:12 «\\q»", "unclosed-quote@4:1 «\"»",
        "unexpected-word@5:8 «now»", "unexpected-word@5:18 «me»",
      ])
  }

  @Test(arguments: ["add event \\", "add event \"x", "\\", "add \"", "set url ${", "add event \"\\q\" \"y"])
  func whatABrokenWordLeadsToIsNoSecondError(_ text: String) {
    let script = SmallTable.parse(text)
    #expect(script.diagnostics.allSatisfy { $0.code != .incompleteStatement && $0.code != .unexpectedWord })
    #expect(!script.diagnostics.isEmpty)
  }

  @Test(arguments: [("add event \"x", true), ("add event A \\", true), ("add event A", false), ("add event", false)])
  func aPromptKnowsWhenToAskForMore(_ text: String, _ isIncomplete: Bool) {
    #expect(SmallTable.parse(text).isIncomplete == isIncomplete)
  }

  @Test(arguments: [
    (
      "",
      [
        "use", "webhook", "show", "set", "add", "rename", "expect", "let", "echo", "on", "commit", "!", "status",
        "dump",
        "undo",
      ]
    ),
    ("status ", ["as", ">", ">!", ">>", "|"]), ("status as ", ["json"]), ("status > ", ["a file name"]),
    ("show ", ["apps", "rows"]), ("show rows as ", ["json", "csv", "table"]), ("add ", ["event"]),
    ("add event ", ["an event"]), ("add event A ", ["an event"]),
    ("on error ", ["stop", "continue"]), ("commit ", []), ("rename event A ", ["to"]), ("nonsense ", []),
    ("commit; on ", ["error"]), ("commit # ", []), ("set url \"", []),
    ("webhook a ", ["a webhook", "except", "limit", "set", "add", "rename"]),
    ("use app * ", ["except", "limit"]), ("use app * except ", ["an app", "*", "where", "from"]),
    ("use app a limit ", ["a number of items"]), ("let x from f by ", ["app.slug", "app.id", "webhook.id"]),
    ("undo ", ["a run number", "where"]), ("undo 3 ", ["where"]), ("expect url ", ["=", "!=", "~", "!~"]),
    ("expect event A ", ["and", "or"]),
  ])
  func whatCouldFollow(_ text: String, _ expected: [String]) {
    let found = SmallTable.parser.expectations(after: Source(name: "prompt", text: text)).map { expectation in
      switch expectation {
      case .keyword(let word), .symbol(let word): word
      case .slot(let slot): slot.phrase
      case .end: "end"
      }
    }
    #expect(found == expected)
  }

  @Test func aSynopsisIsOfTheGrammar() {
    let synopses = SmallTable.grammars.entries.map { $0.grammar.synopsis }
    #expect(synopses[1] == "webhook SELECTION [EDIT]")
    #expect(synopses[6] == "add event EVENT, …")
    #expect(synopses[7] == "rename event OLD to NEW")
    #expect(synopses[9] == "let NAME = WORD")
    #expect(synopses[11] == "on error stop | continue")
    #expect(SmallTable.grammars.entries[7].grammar.head == "rename event")
    #expect(SmallTable.grammars.editKeywords == ["set", "add", "rename"])
  }
}
