import WhDomain
import WhSession

/// What a change does to a webhook, told so that the same edit of many webhooks is equal: a webhook's own ids are replaced by
/// the placeholders that scripts have for them, and a url that only moves to another host is that move.
struct Difference: Hashable, Sendable {
  enum Action: String, CaseIterable, Sendable {
    case create, update, delete

    /// What became of a webhook when it is done.
    var done: String {
      switch self {
      case .create: "created"
      case .update: "updated"
      case .delete: "deleted"
      }
    }
  }

  struct Line: Hashable, Sendable {
    let isAdded: Bool
    let field: String
    let value: String

    /// Such as `+ event    MESSAGE_SENT`.
    var text: String {
      (isAdded ? "+ " : "- ") + field + String(repeating: " ", count: max(1, 8 - field.count)) + value
    }
  }

  let action: Action
  let lines: [Line]

  /// - Parameter isExact: true to keep ids and urls as they are.
  init(_ change: Change, isExact: Bool = false) {
    let own = isExact ? OwnNames() : OwnNames(change)
    action = change.kind
    switch change.action {
    case .update(let before?, let patch):
      lines = Self.lines(before, patch.applied(to: before), own, isExact: isExact)
    case .update(nil, let patch):
      var lines: [Line] = []
      if let url = patch.url { lines.append(Line(isAdded: true, field: "url", value: own.replaced(in: url))) }
      if let events = patch.events {
        lines.append(Line(isAdded: true, field: "events", value: events.joined(separator: ", ")))
      }
      if let headers = patch.headers {
        lines.append(Line(isAdded: false, field: "headers", value: "all of them"))
        lines += Self.lines(headers, isAdded: true, own)
      }
      self.lines = lines
    case .create(let url, let events, let headers):
      lines = Self.lines(url, events, headers, isAdded: true, own)
    case .delete(let before):
      lines = Self.lines(before.url, before.events, before.headers, isAdded: false, own)
    }
  }

  /// What lies between two states of a webhook.
  init(from before: Webhook, to after: Webhook, of change: Change, isExact: Bool = false) {
    action = .update
    lines = Self.lines(before, after, isExact ? OwnNames() : OwnNames(change), isExact: isExact)
  }

  private static func lines(_ before: Webhook, _ after: Webhook, _ own: OwnNames, isExact: Bool) -> [Line] {
    var lines: [Line] = []
    if before.url != after.url {
      let move = isExact ? nil : HostMove(before.url, after.url)
      let (field, old, new) = move.map { ("host", $0.old, $0.new) } ?? ("url", before.url, after.url)
      lines.append(Line(isAdded: false, field: field, value: own.replaced(in: old)))
      lines.append(Line(isAdded: true, field: field, value: own.replaced(in: new)))
    }
    let (gone, new) = (
      before.events.filter { !after.events.contains($0) }, after.events.filter { !before.events.contains($0) }
    )
    if before.events != after.events, gone.isEmpty, new.isEmpty {
      lines.append(Line(isAdded: false, field: "events", value: before.events.joined(separator: ", ")))
      lines.append(Line(isAdded: true, field: "events", value: after.events.joined(separator: ", ")))
    }
    lines += gone.map { Line(isAdded: false, field: "event", value: $0) }
    lines += new.map { Line(isAdded: true, field: "event", value: $0) }
    lines += Self.lines(before.headers, isAdded: false, own) { after.headers[$0.name] != $0.value }
    lines += Self.lines(after.headers, isAdded: true, own) { before.headers[$0.name] != $0.value }
    return lines
  }

  private static func lines(
    _ url: String, _ events: [String], _ headers: Headers, isAdded: Bool, _ own: OwnNames
  ) -> [Line] {
    [Line(isAdded: isAdded, field: "url", value: own.replaced(in: url))]
      + events.map { Line(isAdded: isAdded, field: "event", value: $0) } + lines(headers, isAdded: isAdded, own)
  }

  private static func lines(
    _ headers: Headers, isAdded: Bool, _ own: OwnNames, where isIncluded: (Header) -> Bool = { _ in true }
  ) -> [Line] {
    headers.all.filter(isIncluded)
      .map { Line(isAdded: isAdded, field: "header", value: own.replaced(in: DiffText.shown($0))) }
  }
}

/// The names of a webhook and its app, and the placeholders that stand for them.
struct OwnNames {
  private let names: [(name: String, placeholder: String)]

  /// Shorter names are found in too many texts.
  private static let shortest = 4

  init() { names = [] }

  init(_ change: Change) {
    let names: [(String?, String)] = [
      (change.webhookID?.text, "${webhook.id}"), (change.app.id.text, "${app.id}"), (change.app.slug, "${app.slug}"),
    ]
    self.names = names.compactMap { name, placeholder in
      name.flatMap { $0.utf8.count >= Self.shortest ? ($0, placeholder) : nil }
    }
  }

  func replaced(in text: String) -> String {
    names.reduce(text) { text, own in
      text.utf8.count < own.name.utf8.count ? text : text.replacing(own.name, with: own.placeholder)
    }
  }
}

/// A url that moves to another host, and stays as it is otherwise.
private struct HostMove {
  let old: String
  let new: String

  init?(_ before: String, _ after: String) {
    guard let (scheme, old, rest) = Self.parts(before), let (otherScheme, new, otherRest) = Self.parts(after),
      scheme == otherScheme, rest == otherRest, old != new
    else { return nil }
    (self.old, self.new) = (String(old), String(new))
  }

  private static func parts(_ url: String) -> (Substring, Substring, Substring)? {
    guard let range = url.firstRange(of: "://") else { return nil }
    let rest = url[range.upperBound...]
    let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    return (url[..<range.lowerBound], rest[..<end], rest[end...])
  }
}

extension Change {
  var kind: Difference.Action {
    switch action {
    case .create: .create
    case .update: .update
    case .delete: .delete
    }
  }

  /// The url that the webhook has, or is to have.
  var url: String? {
    switch action {
    case .update(let before, let patch): before?.url ?? patch.url
    case .create(let url, _, _): url
    case .delete(let before): before.url
    }
  }
}

// MARK: - Groups

/// Changes that do the same for the same reason, and ended so where they were sent.
struct ChangeGroup: Sendable {
  struct Key: Hashable, Sendable {
    let profile: String?
    /// Nil while it is only planned.
    let state: Outcome.State?
    let message: String?
    let origins: [Origin]
    let difference: Difference
    /// What others made of the webhook, or the service, where that was not what was asked for.
    let theirs: Difference?
  }

  let key: Key
  var items: [Item]

  struct Item: Sendable {
    let change: Change
    let outcome: Outcome?
    var profile: String?

    init(_ change: Change, profile: String? = nil) {
      (self.change, outcome, self.profile) = (change, nil, profile)
    }

    init(_ outcome: Outcome, profile: String? = nil) {
      (change, self.outcome, self.profile) = (outcome.change, outcome, profile)
    }

    /// What the webhook holds against the request; nil where nothing does.
    func theirs(isExact: Bool) -> Difference? {
      guard let outcome, outcome.state == .conflict || outcome.state == .appliedDifferently,
        let answer = outcome.answer,
        let before = change.before
      else { return nil }
      return Difference(from: before, to: answer, of: change, isExact: isExact)
    }
  }

  /// The groups, each at the place of its first item.
  static func groups(of items: some Sequence<Item>) -> [ChangeGroup] {
    var groups: [ChangeGroup] = []
    var places: [Key: Int] = [:]
    for item in items {
      let key = Key(
        profile: item.profile, state: item.outcome?.state,
        message: item.outcome?.message.map { OwnNames(item.change).replaced(in: $0) }, origins: item.change.origins,
        difference: Difference(item.change), theirs: item.theirs(isExact: false))
      if let place = places[key] {
        groups[place].items.append(item)
      } else {
        places[key] = groups.count
        groups.append(ChangeGroup(key: key, items: [item]))
      }
    }
    return groups
  }

  var appCount: Int { Set(items.map(\.change.app.id)).count }

  /// What is done to all of them: word for word where that is the same for each.
  var difference: Difference { exact { Difference($0.change, isExact: true) } ?? key.difference }

  var theirs: Difference? { exact { $0.theirs(isExact: true) } ?? key.theirs }

  var message: String? { exact { $0.outcome?.message } ?? key.message }

  private func exact<Value: Equatable>(_ value: (Item) -> Value?) -> Value? {
    guard let first = items.first.flatMap(value), items.dropFirst().allSatisfy({ value($0) == first }) else {
      return nil
    }
    return first
  }
}
