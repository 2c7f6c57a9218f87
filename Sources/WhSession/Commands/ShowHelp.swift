import WhSyntax

/// `help [TOPIC]`: says what there is to say.
struct ShowHelp: Command {
  static let grammar = Grammar("help", .optional([.words("topic", .topic)]))
  static let help = Help(
    .session, "List the statements, or explain those that a word names.",
    examples: [Example("help", setup: ""), Example("help rename event", setup: "")])

  private let pages: [Output.HelpPage]?

  init(_ arguments: Arguments) throws(Diagnostic) {
    let words = arguments.words("topic")
    guard let first = words.first, let last = words.last else {
      pages = nil
      return
    }
    let topic = try arguments.texts("topic").joined(separator: " ").lowercased()
    let found = Self.pages(on: topic)
    guard !found.isEmpty else { throw .unknownTopic(topic, first.span.joined(with: last.span)) }
    pages = found
  }

  func run(in session: isolated Session) async -> Reply {
    [pages.map { .help($0) } ?? .overview(CommandTable.pages)]
  }

  /// The statements that a topic names: by their first words, or by any word of theirs where none begins so.
  private static func pages(on topic: String) -> [Output.HelpPage] {
    let exact = CommandTable.pages.filter { $0.synopsis == topic || $0.synopsis.hasPrefix(topic + " ") }
    if !exact.isEmpty { return exact }
    return CommandTable.pages.filter { $0.synopsis.split(separator: " ").contains { $0 == topic } }
  }

  /// The words that `help` can be asked about.
  package static let topics: [String] = CommandTable.all.map { $0.grammar.head }
}

extension Diagnostic {
  fileprivate static func unknownTopic(_ topic: String, _ span: Span) -> Diagnostic {
    let near = DidYouMean.nearest(to: topic, among: ShowHelp.topics)
    return Diagnostic(
      .unknownTopic, "no statement is named `\(Printable.escaped(topic))`", at: span,
      label: near.map { "did you mean `\($0)`?" } ?? "`help` lists the statements")
  }
}
