import WhDomain
import WhSession
import WhSyntax

/// A change as lines of before and after, with secrets hidden.
struct DiffText {
  let style: Style

  func text(of change: Change) -> String {
    var lines = [style.paint(title(of: change), .heading)]
    switch change.action {
    case .update(let before?, let patch): lines += self.lines(before: before, after: patch.applied(to: before))
    case .update(nil, let patch): lines += blindLines(patch)
    case .create(let url, let events, let headers):
      lines.append(added("url", url))
      lines += events.map { added("event", $0) }
      lines += headers.all.map { added("header", Self.shown($0)) }
    case .delete(let before):
      lines.append(removed("url", before.url))
      lines += before.events.map { removed("event", $0) }
      lines += before.headers.all.map { removed("header", Self.shown($0)) }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  func title(of change: Change) -> String {
    let app = Printable.escaped(change.app.title)
    switch change.action {
    case .update: return "\(app)/\(change.webhookID?.text ?? "")"
    case .create: return "\(app)/(new)"
    case .delete: return "\(app)/\(change.webhookID?.text ?? "") deleted"
    }
  }

  /// The lines of what differs, without a title.
  func lines(before: Webhook, after: Webhook) -> [String] {
    var lines: [String] = []
    if before.url != after.url { lines += [removed("url", before.url), added("url", after.url)] }
    lines += eventLines(before.events, after.events)
    lines += headerLines(before.headers, after.headers)
    return lines
  }

  private func eventLines(_ before: [String], _ after: [String]) -> [String] {
    guard before != after else { return [] }
    let gone = before.filter { !after.contains($0) }
    let new = after.filter { !before.contains($0) }
    if gone.isEmpty, new.isEmpty {
      return [
        removed("events", before.joined(separator: ", ")), added("events", after.joined(separator: ", ")),
      ]
    }
    return gone.map { removed("event", $0) } + new.map { added("event", $0) }
  }

  private func headerLines(_ before: Headers, _ after: Headers) -> [String] {
    let gone = before.all.filter { after[$0.name] != $0.value }
    let new = after.all.filter { before[$0.name] != $0.value }
    return gone.map { removed("header", Self.shown($0)) } + new.map { added("header", Self.shown($0)) }
  }

  private func blindLines(_ patch: WebhookPatch) -> [String] {
    var lines: [String] = []
    if let url = patch.url { lines.append(added("url", url)) }
    if let events = patch.events { lines.append(added("events", events.joined(separator: ", "))) }
    if patch.headers != nil { lines.append(removed("headers", "all of them")) }
    return lines
  }

  private func added(_ field: String, _ value: String) -> String { line("+", field, value, .added) }

  private func removed(_ field: String, _ value: String) -> String { line("-", field, value, .removed) }

  private func line(_ sign: String, _ field: String, _ value: String, _ meaning: Style.Meaning) -> String {
    let name = field + String(repeating: " ", count: max(0, 7 - field.count))
    return style.paint("  \(sign) \(name) \(Printable.escaped(value))", meaning)
  }

  static func shown(_ header: Header) -> String {
    "\(header.name): \(header.isSecret ? Redactor.mask : header.value)"
  }
}
