import WhSyntax

/// `help [TOPIC]`: says what there is to say.
struct ShowHelp: LocalCommand {
  static let grammar = Grammar("help", .optional([.words("topic", .topic)]))
  static let help = Help(
    .session, "List the statements, or explain the ones that match a topic.",
    examples: [Example("help", setup: ""), Example("help rename event", setup: "")])

  /// Nil where no topic is named.
  private let pages: [Output.HelpPage]?
  private let all: [Output.HelpPage]

  init(_ arguments: Arguments) throws(Diagnostic) {
    all = arguments.vocabulary.pages
    let words = arguments.words("topic")
    guard let first = words.first, let last = words.last else {
      pages = nil
      return
    }
    let topic = try arguments.texts("topic").joined(separator: " ").lowercased()
    let found = Self.pages(on: topic, among: all)
    guard !found.isEmpty else {
      throw .unknownTopic(topic, first.span.joined(with: last.span), Self.topics(arguments.vocabulary))
    }
    pages = found
  }

  func run(in context: LocalContext) async -> Reply {
    [pages.map { .help($0) } ?? .overview(all)]
  }

  /// The statements that a topic names: by their first words, or by any word of theirs where none begins so.
  private static func pages(on topic: String, among pages: [Output.HelpPage]) -> [Output.HelpPage] {
    let exact = pages.filter { $0.synopsis == topic || $0.synopsis.hasPrefix(topic + " ") }
    if !exact.isEmpty { return exact }
    return pages.filter { $0.synopsis.split(separator: " ").contains { $0 == topic } }
  }

  /// The words that `help` can be asked about.
  package static func topics(_ vocabulary: Vocabulary) -> [String] {
    vocabulary.grammars.entries.map(\.grammar.head)
  }
}

extension Diagnostic {
  fileprivate static func unknownTopic(_ topic: String, _ span: Span, _ topics: [String]) -> Diagnostic {
    let near = DidYouMean.nearest(to: topic, among: topics)
    return Diagnostic(
      .unknownTopic, "no statement named `\(Printable.escaped(topic))`", at: span,
      label: near.map { "did you mean `\($0)`?" } ?? "run `help` for a list of statements")
  }
}
