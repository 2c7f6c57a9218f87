import WhDomain
import WhJournal
import WhSession
import WhSyntax

/// Lists as CSV (RFC 4180), with a header line that names the columns as the language names them, so that `from` and `let … from`
/// read them. Lines end in LF.
struct CSVRenderer: Sendable {
  let redactor: Redactor

  /// Nil for what is not a list.
  func render(_ shown: Shown) -> Rendering? {
    guard case .output(let output) = shown else { return nil }
    switch output {
    case .apps(let rows):
      return list(["app.id", "app.slug", "app.name", "status", "created"], rows) { row in
        [row.app.id.text, row.app.slug, row.app.name, row.app.status, row.app.createdAt?.text]
      }
    case .webhooks(let rows, _):
      let columns = ["app.id", "app.slug", "webhook.id", "url", "events", "headers", "created", "updated"]
      return list(columns, rows) { row in
        [
          row.app.id.text, row.app.slug, row.isNew ? nil : row.webhook.id.text, row.webhook.url,
          row.webhook.events.joined(separator: ", "), headers(row.webhook), row.webhook.createdAt?.text,
          row.webhook.updatedAt?.text,
        ]
      }
    case .events(let rows):
      return list(["event", "webhooks", "known"], rows) { [$0.name, String($0.webhooks), String($0.isKnown)] }
    case .runs(let runs):
      return list(["run", "started", "profile", "script", "state", "webhooks", "open"], runs) { run in
        [
          String(run.number), run.metadata.startedAt.description, run.metadata.profile, RunText.origin(run.metadata),
          run.state.rawValue, String(run.intentCount), String(run.openCount),
        ]
      }
    case .table(let table): return list(table.columns, table.rows) { $0 }
    case .text, .note, .script, .confirmation, .variables, .options, .status, .diff, .requests, .commit, .run, .help,
      .overview, .quit:
      return nil
    }
  }

  private func headers(_ webhook: Webhook) -> String {
    webhook.headers.all.map { "\($0.name): \($0.isSecret ? Redactor.mask : $0.value)" }.joined(separator: "; ")
  }

  private func list<Row: Sendable>(
    _ columns: [String], _ rows: [Row], _ fields: @escaping @Sendable (Row) -> [String?]
  ) -> Rendering {
    Rendering(first: line(columns), rows: rows) { row in line(fields(row).map { redactor.redact(value: $0 ?? "") }) }
      .masked
  }

  private func line(_ fields: [String]) -> String { fields.map(Self.field).joined(separator: ",") + "\n" }

  private static func field(_ value: String) -> String {
    let text = Printable.escaped(value)
    let isPlain = !text.utf8.contains { ",\"".utf8.contains($0) } && text.first != " " && text.last != " "
    return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
