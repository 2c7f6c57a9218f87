import WhSyntax

/// `on error stop` and `on error continue`: what a script does after a statement that failed.
struct OnError: LocalCommand {
  static let grammar = Grammar("on", "error", .choice([["stop"], ["continue"]]))
  static let help = Help(
    .scripting, "Say whether a script stops at a statement that fails, or goes on with the next one.",
    details: [
      "A script stops by default. A prompt goes on, but drops the rest of the line; so does `init.wh`.",
      "A run in which something failed exits with 1.",
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
