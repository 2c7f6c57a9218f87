/// A condition on an app, or on a webhook and the app that it belongs to.
package indirect enum Predicate: Hashable, Sendable {
  case not(Predicate)
  case all([Predicate])
  case any([Predicate])
  case field(Field, TextTest)
  case moment(MomentField, MomentTest, Timestamp)
  /// The webhook is subscribed to the event.
  case event(String)
  /// The webhook is subscribed to an event that is like the pattern.
  case eventLike(Glob)
  /// The webhook has the header, and where a test is given, with a value that passes it.
  case header(String, TextTest?)

  package enum Field: String, CaseIterable, Sendable {
    case url, host, headers, id, slug, name, status
  }

  package enum MomentField: String, CaseIterable, Sendable {
    case created, updated
  }

  package enum TextTest: Hashable, Sendable {
    case equals(String)
    case differs(String)
    case like(Glob)
    case unlike(Glob)

    func passes(_ text: String?) -> Bool {
      switch self {
      case .equals(let value): text?.isSame(as: value) ?? false
      case .differs(let value): !(text?.isSame(as: value) ?? false)
      case .like(let glob): text.map(glob.matches) ?? false
      case .unlike(let glob): !(text.map(glob.matches) ?? false)
      }
    }
  }

  package enum MomentTest: String, CaseIterable, Sendable {
    case before = "<"
    case after = ">"
    case notAfter = "<="
    case notBefore = ">="
  }

  /// Returns whether the condition holds. Without a webhook, the fields are those of the app.
  ///
  /// A field that the service did not return equals nothing, matches nothing, and is neither before nor after anything.
  package func holds(for app: App, _ webhook: Webhook? = nil) -> Bool {
    switch self {
    case .not(let inner): return !inner.holds(for: app, webhook)
    case .all(let parts): return parts.allSatisfy { $0.holds(for: app, webhook) }
    case .any(let parts): return parts.contains { $0.holds(for: app, webhook) }
    case .field(let field, let test): return test.passes(Self.value(of: field, app, webhook))
    case .moment(let field, let test, let bound):
      guard let moment = Self.value(of: field, app, webhook) else { return false }
      switch test {
      case .before: return moment < bound
      case .after: return moment > bound
      case .notAfter: return moment <= bound
      case .notBefore: return moment >= bound
      }
    case .event(let name): return webhook?.events.contains(name) ?? false
    case .eventLike(let glob): return webhook?.events.contains(where: glob.matches) ?? false
    case .header(let name, let test):
      guard let value = webhook?.headers[name] else { return false }
      return test?.passes(value) ?? true
    }
  }

  /// The names of headers as the field `headers` has them: in lower case, sorted, with commas between.
  package static func names(of headers: Headers) -> String { names(headers.all.map(\.name).joined(separator: ",")) }

  /// A list of names in that form.
  package static func names(_ text: String) -> String {
    text.split(separator: ",").map { name in
      String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()).lowercased()
    }.filter { !$0.isEmpty }.sorted().joined(separator: ", ")
  }

  private static func value(of field: Field, _ app: App, _ webhook: Webhook?) -> String? {
    switch field {
    case .url: webhook?.url
    case .host: (webhook?.url).flatMap { WebhookURL.host(of: $0)?.text.lowercased() }
    case .headers: webhook.map { names(of: $0.headers) }
    case .id: webhook?.id.text ?? app.id.text
    case .slug: app.slug
    case .name: app.name
    case .status: app.status
    }
  }

  private static func value(of field: MomentField, _ app: App, _ webhook: Webhook?) -> Timestamp? {
    switch field {
    case .created: webhook.map(\.createdAt) ?? app.createdAt
    case .updated: webhook.map(\.updatedAt) ?? app.updatedAt
    }
  }

  /// The conditions that are joined, from left to right, each once.
  package var leaves: [Predicate] {
    switch self {
    case .not(let inner): inner.leaves
    case .all(let parts), .any(let parts): parts.flatMap(\.leaves).uniqued()
    case .field, .moment, .event, .eventLike, .header: [self]
    }
  }

  /// True if the condition reads a field that only a list of apps contains.
  package var needsAppDetails: Bool {
    leaves.contains {
      if case .field(let field, _) = $0 { field == .slug || field == .name || field == .status } else { false }
    }
  }
}
