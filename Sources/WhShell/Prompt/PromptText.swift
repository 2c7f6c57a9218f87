import WhDomain
import WhSession
import WhSyntax

/// The text of the prompt: profile, app, webhook, how many changes are staged, and how many runs are unfinished.
struct PromptText {
  private let snapshot: Snapshot
  private let unfinished: Int

  /// - Parameter unfinished: how many runs of the profile are unfinished.
  init(_ snapshot: Snapshot, unfinished: Int = 0) {
    self.snapshot = snapshot
    self.unfinished = unfinished
  }

  func prompt(isContinuation: Bool) -> Prompt {
    if isContinuation {
      return Prompt(String(repeating: ".", count: max(2, Printable.width(profile))) + "> ", isContinuation: true)
    }
    if let template = snapshot.options.prompt { return Prompt(template.pieces.map(segment)) }
    var segments = [segment(.placeholder(.profile))]
    if let app {
      let place = webhook.map { "\(app)/\($0)" } ?? app
      segments.append(Prompt.Segment(" " + place))
    }
    if changes > 0 { segments.append(Prompt.Segment(" *\(changes)", Self.warning)) }
    if unfinished > 0 { segments.append(Prompt.Segment(" \(unfinished) unfinished", Self.warning)) }
    segments.append(Prompt.Segment("> "))
    return Prompt(segments)
  }

  private static let warning = Prompt.Style(colour: .yellow, bold: true)

  private func segment(_ piece: PromptTemplate.Piece) -> Prompt.Segment {
    switch piece {
    case .text(let text): Prompt.Segment(Printable.escaped(text))
    case .placeholder(.profile):
      // Where the colour is not seen, the sign is.
      Prompt.Segment(
        Printable.escaped(profile) + (snapshot.isProtected ? "!" : ""),
        Prompt.Style(colour: snapshot.isProtected ? .red : .green, bold: true))
    case .placeholder(.app): Prompt.Segment(app ?? "")
    case .placeholder(.webhook): Prompt.Segment(webhook ?? "")
    case .placeholder(.changes): Prompt.Segment(changes > 0 ? String(changes) : "", Self.warning)
    case .placeholder(.unfinished): Prompt.Segment(unfinished > 0 ? String(unfinished) : "", Self.warning)
    }
  }

  private var profile: String { snapshot.profile ?? "wh" }

  /// What the staged edits come to, which is what a commit sends.
  private var changes: Int { snapshot.view.draft.changeCount }

  private var app: String? {
    guard let apps = snapshot.view.draft.apps else { return nil }
    let text = apps.count == 1 ? snapshot.view.app(apps[0].id).title : "\(apps.count) apps"
    return Printable.escaped(Table.cut(text, to: 24))
  }

  private var webhook: String? {
    guard let webhooks = snapshot.view.draft.webhooks else { return nil }
    let text = webhooks.count == 1 ? String(webhooks[0].webhook.text.prefix(8)) : "\(webhooks.count) webhooks"
    return Printable.escaped(text)
  }
}
