import WhDomain
import WhSyntax

/// `show webhooks by host|url|event`: counts the webhooks of the selected apps in groups.
struct ShowWebhooksBy: PrintCommand {
  static let grammar = Grammar.listing("show", "webhooks", "by", .choice([["host"], ["url"], ["event"]]))
  static let help = Help(
    .looking, "Count the webhooks of the selected apps by host, url or event, largest group first.",
    details: ["By event, a webhook counts once for each of its events. Staged edits are applied."],
    examples: [
      Example("show webhooks by host", setup: "use app *"), Example("show webhooks by event", setup: "use app my-app"),
    ])

  private let group: String

  init(_ arguments: Arguments) {
    group = ["host", "url", "event"].first(where: arguments.has) ?? "host"
  }

  var foreseen: Foreseen { .list }

  func run(in context: LookContext) async throws(Failure) -> Reply {
    let apps = try await context.selectedApps()
    let webhooks = try await context.webhooks(of: apps)
    var counts: [String: (webhooks: Int, apps: Set<AppID>)] = [:]
    for row in context.view.rows(webhooks) + context.view.creationRows(in: apps) {
      for name in Set(names(of: row.webhook)) {
        counts[name, default: (0, [])].webhooks += 1
        counts[name]?.apps.insert(row.app.id)
      }
    }
    let rows = counts.sorted { ($1.value.webhooks, $0.key) < ($0.value.webhooks, $1.key) }
      .map { [$0.key, String($0.value.webhooks), String($0.value.apps.count)] }
    return [.table(Output.Table(type: "group", columns: [group, "webhooks", "apps"], rows: rows))]
  }

  private func names(of webhook: Webhook) -> [String] {
    switch group {
    case "event": webhook.events
    case "url": [webhook.url]
    default: [WebhookURL.host(of: webhook.url)?.text.lowercased() ?? "(none)"]
    }
  }
}
