import WhSyntax

/// `help [TOPIC]`: says what there is to say.
struct ShowHelp: LocalCommand {
  static let grammar = Grammar("help", .optional([.words("topic", .topic)]))
  static let help = Help(
    .session, "List all statements, or explain one, a topic or an error code.",
    details: ["Topics: " + HelpTopic.all.map { "`\($0.name)`" }.joined(separator: ", ") + "."],
    examples: [
      Example("help", setup: ""), Example("help rename event", setup: ""), Example("help quoting", setup: ""),
      Example("help unknown-app", setup: ""),
    ])

  private let answer: Output

  init(_ arguments: Arguments) throws(Diagnostic) {
    let all = arguments.vocabulary.pages()
    let words = arguments.words("topic")
    guard let first = words.first, let last = words.last else {
      answer = .overview(all)
      return
    }
    let topic = try arguments.texts("topic").joined(separator: " ").lowercased()
    guard let found = Self.answer(on: topic, all) else {
      throw .unknownTopic(topic, first.span.joined(with: last.span), Self.topics(arguments.vocabulary))
    }
    answer = found
  }

  func run(in context: LocalContext) async -> Reply { [answer] }

  /// A statement is meant before a topic, and a topic before a word within statements.
  private static func answer(on topic: String, _ all: [Output.HelpPage]) -> Output? {
    let exact = all.filter { $0.synopsis == topic || $0.synopsis.hasPrefix(topic + " ") }
    if !exact.isEmpty { return .help(exact) }
    if let topic = HelpTopic.named(topic) { return .text(topic.text) }
    if let code = DiagnosticCode(rawValue: topic) { return .text("\(code.rawValue): \(code.explanation)") }
    let holding = all.filter { $0.synopsis.split(separator: " ").contains { $0 == topic } }
    return holding.isEmpty ? nil : .help(holding)
  }

  /// The words that `help` can be asked about.
  private static func topics(_ vocabulary: Vocabulary) -> [String] {
    vocabulary.grammars.entries.map(\.grammar.head) + HelpTopic.all.map(\.name)
      + DiagnosticCode.allCases.map(\.rawValue)
  }
}

extension Diagnostic {
  fileprivate static func unknownTopic(_ topic: String, _ span: Span, _ topics: [String]) -> Diagnostic {
    let near = DidYouMean.nearest(to: topic, among: topics)
    return Diagnostic(
      .unknownTopic, "no statement or topic named `\(Printable.escaped(topic))`", at: span,
      label: near.map { "did you mean `\($0)`?" } ?? "run `help` for a list")
  }
}
