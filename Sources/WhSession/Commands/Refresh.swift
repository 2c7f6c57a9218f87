import WhSyntax

/// `refresh`: reads the selection anew.
struct Refresh: Command {
  static let grammar = Grammar("refresh")
  static let help = Help(
    .looking, "Read the chosen webhooks anew; staged edits are done again on what is found.",
    examples: [Example("refresh")])

  init(_ arguments: Arguments) {}

  func run(in session: isolated Session) async throws(Failure) -> Reply {
    let count = try await session.refresh()
    return [.confirmation("read \(count) \(count == 1 ? "webhook" : "webhooks") anew")]
  }
}
