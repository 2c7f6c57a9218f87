import WhDomain
import WhSession
import WhSyntax

/// The text of the prompt: profile, app, webhook, and how many edits are staged.
struct PromptText {
  private let snapshot: Snapshot

  init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
  }

  func prompt(isContinuation: Bool) -> Prompt {
    let profile = snapshot.profile ?? "wh"
    if isContinuation {
      return Prompt(String(repeating: ".", count: max(2, Printable.width(profile))) + "> ", isContinuation: true)
    }
    var segments = [
      Prompt.Segment(
        Printable.escaped(profile), Prompt.Style(colour: snapshot.isProtected ? .red : .green, bold: true))
    ]
    if let place { segments.append(Prompt.Segment(" " + Printable.escaped(place))) }
    let staged = snapshot.view.draft.origins.count
    if staged > 0 { segments.append(Prompt.Segment(" *\(staged)", Prompt.Style(colour: .yellow, bold: true))) }
    segments.append(Prompt.Segment("> "))
    return Prompt(segments)
  }

  private var place: String? {
    guard let apps = snapshot.view.draft.apps else { return nil }
    let app = apps.count == 1 ? snapshot.view.app(apps[0].id).title : "\(apps.count) apps"
    guard let webhooks = snapshot.view.draft.webhooks else { return Self.short(app) }
    let webhook = webhooks.count == 1 ? String(webhooks[0].webhook.text.prefix(8)) : "\(webhooks.count) webhooks"
    return "\(Self.short(app))/\(webhook)"
  }

  private static func short(_ text: String) -> String { Table.cut(text, to: 24) }
}
