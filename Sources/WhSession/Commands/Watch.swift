import WhDomain
import WhSyntax

/// `watch [SECONDS] STATEMENT`: repeats a statement that looks.
struct Watch: PrintCommand {
  static let grammar = Grammar("watch", .optional([.slot("seconds", .seconds)]), .looking)
  static let help = Help(
    .looking, "Repeat a statement that looks until a key is pressed.",
    details: [
      "Only at the prompt. STATEMENT is `show …`, `status`, `diff` or `expect …`. Before each repetition the service is read again, after a pause of "
        + "SECONDS, by default 5, and no faster than the rate limit allows."
    ],
    examples: [Example("watch show webhooks", setup: "use app my-app"), Example("watch 60 expect event MESSAGE_SENT")])

  private static let standard = 5
  private static let longest = 86_400

  private let seconds: Int
  private let statement: any Command

  init(_ arguments: Arguments) throws(Diagnostic) {
    seconds =
      try arguments.words("seconds").first.map { word throws(Diagnostic) in
        try arguments.positiveNumber(word, .invalidLimit, "number of seconds")
      } ?? Self.standard
    guard let statement = try arguments.carried() else {
      throw Diagnostic(.incompleteStatement, "missing statement", at: arguments.match.span)
    }
    self.statement = statement
  }

  var isForPrompt: Bool { true }

  var repetition: Duration? { .seconds(min(seconds, Self.longest)) }

  func run(in context: LookContext) async throws(Failure) -> Reply {
    switch statement.work {
    case .looks(let run), .prints(let run): try await run(context)
    case .chooses, .edits, .stages, .commits, .local, .ends: []
    }
  }
}
