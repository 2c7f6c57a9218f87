import WhSyntax

/// `show webhooks`: lists the webhooks of the chosen apps.
struct ShowWebhooks: Command {
  static let grammar = Grammar.printing("show", "webhooks")
  static let help = Help(
    .looking, "List the webhooks of the chosen apps, with the staged edits in them.",
    examples: [Example("show webhooks", setup: "use app my-app")])

  init(_ arguments: Arguments) {}

  func run(in session: isolated Session) async throws(Failure) -> Reply {
    let apps = try await session.requireApps()
    return [.webhooks(session.rows(try await session.listWebhooks(of: apps)), isDetailed: false)]
  }
}
