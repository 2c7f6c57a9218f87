import WhSyntax

/// A small language with each kind of grammar element in it, so that these tests depend on no real statement.
enum SmallTable {
  static let grammars = GrammarTable([
    .init(Grammar("use", "app", .selection(.app)), isEdit: false),
    .init(Grammar("webhook", .selection(.webhook), .optional([.edit])), isEdit: false),
    .init(Grammar("show"), isEdit: false),
    .init(Grammar("show", "apps"), isEdit: false),
    .init(Grammar("set", "url", .slot("url", .url)), isEdit: true),
    .init(Grammar("set", "header", .slot("name", .headerName), .slot("value", .headerValue)), isEdit: true),
    .init(Grammar("add", "event", .list("events", .event)), isEdit: true),
    .init(
      Grammar("rename", "event", .slot("old", .subscribedEvent), "to", .slot("new", .event)), isEdit: true),
    .init(Grammar("expect", .predicate(.webhook)), isEdit: false),
    .init(Grammar("let", .slot("name", .variable), .symbol("="), .slot("value", .word)), isEdit: false),
    .init(Grammar("echo", .optional([.words("words", .word)])), isEdit: false),
    .init(Grammar("on", "error", .choice([["stop"], ["continue"]])), isEdit: false),
    .init(Grammar("commit"), isEdit: false),
    .init(Grammar("!", .slot("command", .command)), isEdit: false),
    .init(Grammar.printing("status"), isEdit: false),
    .init(Grammar("dump", .optional([.choice([[.output], [.slot("file", .file)]])])), isEdit: false),
    .init(
      Grammar(
        "let", .slot("name", .variable), "from", .slot("file", .file), "by",
        .choice([["app.slug"], ["app.id"], ["webhook.id"]])), isEdit: false),
    .init(Grammar("undo", .optional([.slot("run", .run)]), .optional(["where", .predicate(.webhook)])), isEdit: false),
    .init(Grammar.listing("show", "rows"), isEdit: false),
  ])

  static let parser = Parser(grammars)
  static let formatter = Formatter(grammars)

  static func parse(_ text: String) -> ParsedScript { parser.parse(Source(name: "test.wh", text: text)) }
}
