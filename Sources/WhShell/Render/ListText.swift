import WhDomain
import WhSession
import WhSyntax

/// Lists as tables.
struct ListText {
  let style: Style
  /// The columns of the screen; nil to cut nothing.
  let width: Int?
  /// Whether webhooks have numbers, by which a prompt selects them. A transcript has none: one more row would change all after it.
  let isNumbered: Bool
  let redactor: Redactor

  func apps(_ rows: [Output.AppRow]) -> String {
    guard !rows.isEmpty else { return "no apps\n" }
    let cells = rows.map { row in
      [
        row.isChosen ? "*" : "", row.app.slug ?? "", row.app.id.text.isEmpty ? "(the key's app)" : row.app.id.text,
        row.app.name ?? "", row.app.status ?? "",
      ].map(cell)
    }
    let columns = [
      Table.Column("", .fixed), Table.Column("slug", .name), Table.Column("id"), Table.Column("name"),
      Table.Column("status", .fixed),
    ]
    return Table(columns: columns, rows: cells).text(width: width, style: style)
      + count(rows.count, "app", legend: rows.contains(where: \.isChosen) ? ["* selected"] : [])
  }

  func webhooks(_ rows: [Output.WebhookRow]) -> String {
    guard !rows.isEmpty else { return "no webhooks\n" }
    let digits = String(rows.count).count
    let cells = rows.enumerated().map { index, row in
      let number = isNumbered && !row.isNew ? String(index + 1) : ""
      return [
        (isNumbered ? String(repeating: " ", count: digits - number.count) + number : "")
          + (row.isChosen ? "*" : "") + (row.isEdited ? "~" : ""), row.app.title, row.webhook.id.text, row.webhook.url,
        row.webhook.events.joined(separator: ", "),
      ].map(cell)
    }
    let columns = [
      Table.Column("", .fixed), Table.Column("app", .name), Table.Column("webhook"), Table.Column("url"),
      Table.Column("events", .list),
    ]
    let legend = [
      rows.contains(where: \.isChosen) ? "* selected" : nil,
      rows.contains(where: \.isEdited) ? "~ has staged edits" : nil,
    ]
    return Table(columns: columns, rows: cells).text(width: width, style: style)
      + count(rows.count, "webhook", legend: legend.compactMap(\.self))
  }

  func events(_ rows: [Output.EventRow]) -> String {
    let cells = rows.map {
      [Printable.escaped($0.name), $0.webhooks == 0 ? "" : String($0.webhooks), $0.isKnown ? "" : "unknown"]
    }
    return Table(
      columns: [
        Table.Column("event"), Table.Column("webhooks", .fixed), Table.Column("", .fixed),
      ],
      rows: cells
    ).text(width: width, style: style)
  }

  func text(of table: Output.Table) -> String {
    guard !table.rows.isEmpty else { return "nothing to list\n" }
    return Table(columns: table.columns.map { Table.Column($0) }, rows: table.rows.map { $0.map(cell) })
      .text(width: width, style: style)
  }

  /// A text for a table, which may cut a secret so that it is no longer recognised.
  private func cell(_ text: String) -> String { redactor.redact(Printable.escaped(text)) }

  /// The line below a list: how long it is, and what its marks mean.
  private func count(_ number: Int, _ noun: String, legend: [String]) -> String {
    let marks = legend.isEmpty ? "" : " (" + legend.joined(separator: ", ") + ")"
    return style.paint(number.counting(noun) + marks, .faint) + "\n"
  }
}
