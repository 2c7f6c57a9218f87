import WhSyntax

/// `on error stop` and `on error continue`: what a script does after a statement that failed.
struct OnError: LocalCommand {
  static let grammar = Grammar("on", "error", .choice([["stop"], ["continue"]]))
  static let help = Help(
    .scripting, "Set whether a script stops or continues after a failed statement.",
    details: [
      "Scripts stop by default. The prompt and `init.wh` continue, but skip the rest of the line.",
      "A run with a failed statement exits with 1.",
    ],
    examples: [Example("on error continue", setup: ""), Example("on error stop", setup: "")])

  private let stops: Bool

  init(_ arguments: Arguments) {
    stops = arguments.has("stop")
  }

  func run(in context: LocalContext) async -> Reply {
    context.state.onError = stops ? .stop : .continue
    return []
  }
}
