import WhDomain
import WhSyntax

/// `config NAME [VALUE [save]]`: shows or sets an option of the session.
struct Config: LocalCommand {
  static let grammar = Grammar(
    "config", .slot("name", .option), .optional([.slot("value", .optionValue), .optional(["save"])]))
  static let help = Help(
    .session, "Show or set a session option.",
    details: SessionOptions.all.map { "`\($0.name)`: \($0.summary)." }
      + ["`save` also writes the statement to `init.wh`, which each prompt begins with. Only at the prompt."],
    examples: [Example("config jobs 16", setup: ""), Example("config conflicts", setup: "")])

  private let option: SessionOptions.Descriptor
  private let value: String?
  private let isSaved: Bool

  init(_ arguments: Arguments) throws(Diagnostic) {
    let word = try arguments.word("name")
    let name = try arguments.text(of: word)
    guard let option = SessionOptions.all.first(where: { $0.name == name.lowercased() }) else {
      throw .unknownOption(name, word.span)
    }
    self.option = option
    isSaved = arguments.has("save")
    value = try arguments.optionalText("value")
    if let value {
      var scratch = SessionOptions()
      do {
        try option.assign(&scratch, value)
      } catch {
        throw .invalid(.invalidOptionValue, "value of `\(option.name)`", value, error, arguments.words("value")[0].span)
      }
    }
  }

  func updateScope(_ scope: inout Scope) {
    if option.name == "strict", let value { scope.isStrict = value == "on" }
  }

  var isForPrompt: Bool { isSaved }

  func run(in context: LocalContext) async throws(Failure) -> Reply {
    guard let value else { return [.options([option.row(context.state.options)])] }
    let file = try isSaved ? save(value, context) : nil
    // The value was checked when the statement was read.
    try? option.assign(&context.state.options, value)
    context.state.scope.isStrict = context.state.options.isStrict
    let text = "\(option.name) = \(option.current(context.state.options))"
    return [.confirmation(text + (file.map { ", saved in \($0)" } ?? ""))]
  }

  @SessionActor private func save(_ value: String, _ context: LocalContext) throws(Failure) -> String {
    let prompt = try context.requirePrompt()
    let words = "config \(option.name)"
    do {
      return try prompt.save("\(words) \(Quoter.word(value))", replacing: words)
    } catch {
      throw Failure(
        .unreadableFile,
        Diagnostic(.unwritableFile, "the start-up script can't be written: \(error.reason)", at: context.span))
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownOption(_ name: String, _ span: Span) -> Diagnostic {
    let names = SessionOptions.all.map(\.name)
    let near = DidYouMean.nearest(to: name, among: names)
    return Diagnostic(
      .unknownOption, "no option named `\(Printable.escaped(name))`", at: span,
      label: near.map { "did you mean `\($0)`?" } ?? "the options are \(names.joined(separator: ", "))")
  }
}
