import WhDomain

/// A plan that is kept in a file, to be applied exactly so later: docs/plan-file.md describes it. It holds no secret.
package struct PlanFile: Equatable, Sendable {
  package static let version = 1

  /// A script that the plan comes from, or one that such a script includes.
  package struct Script: Hashable, Sendable {
    package let name: String
    /// `ScriptHash` of its own text.
    package let sha256: String

    package init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// What it was made from.
  package struct Source: Equatable, Sendable {
    package var profile: String
    package var host: String
    package var scripts: [Script]
    /// The scripts of a folder that it stands for; nil for the plan of single scripts.
    package var migration: PlannedMigration?
    /// The version of this tool.
    package var tool: String
    /// RFC 3339 in UTC.
    package var createdAt: String

    package init(
      profile: String, host: String, scripts: [Script], migration: PlannedMigration? = nil, tool: String,
      createdAt: String
    ) {
      self.migration = migration
      self.profile = profile
      self.host = host
      self.scripts = scripts
      self.tool = tool
      self.createdAt = createdAt
    }
  }

  /// 32 hexadecimal digits, by which a run of the plan is known.
  package let id: String
  package let source: Source
  let salt: String
  let changes: [PlannedChange]

  init(id: String, source: Source, salt: String, changes: [PlannedChange]) {
    self.id = id
    self.source = source
    self.salt = salt
    self.changes = changes
  }

  /// Makes the file of a plan.
  ///
  /// - Parameters:
  ///   - random: 32 bytes by chance.
  ///   - secrecy: what is a secret, and what is given again when the plan is applied.
  package init(_ plan: Plan, _ source: Source, random: [UInt8], secrecy: PlanSecrecy) {
    let digits = random.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    id = digits.prefix(16).joined()
    let salt = digits.dropFirst(16).joined()
    self.salt = salt
    self.source = source
    changes = plan.changes.map { PlannedChange($0, salt: salt, secrecy) }
  }

  package var changeCount: Int { changes.count }

  /// The webhooks that it changes or deletes.
  package var keys: [WebhookKey] { changes.compactMap(\.key).uniqued() }

  /// The apps in which it creates webhooks.
  package var hasCreations: Bool { changes.contains { $0.key == nil } }

  /// Where values are to be given again that no read shows, as `header X-Token of whk_1 (variable token)`, in order.
  package var secretsToGive: [String] {
    var needed = NeededSecrets()
    for change in changes {
      let held = change.heldTexts
      for (place, text) in change.askedTexts where !held.contains(text) { needed.add(text, at: place) }
    }
    return needed.descriptions()
  }

  /// The variables out of some that no value of the plan is made of, in alphabetical order.
  package func unused(_ variables: [String: String]) -> [String] {
    let texts = Set(changes.flatMap { $0.askedTexts.map(\.text) })
    return variables.filter { name, value in
      !texts.contains { text in
        guard case .secret(let digest, _, let pieces) = text else { return false }
        return pieces.contains(.variable(name)) || digest == PlannedText.digest(value, salt: salt)
      }
    }.keys.sorted()
  }

  /// What the journal keeps with a run of the plan.
  package var runNote: String { source.migration?.runNote(id) ?? "plan \(id)" }
}

/// What is a secret in a plan.
package struct PlanSecrecy: Sendable {
  /// The text with its secrets hidden.
  let redacted: @Sendable (String) -> String
  /// The variables of the command line, which can be given again.
  let variables: [String: String]

  package init(redacted: @escaping @Sendable (String) -> String, variables: [String: String]) {
    self.redacted = redacted
    self.variables = variables
  }
}

/// A value of a plan: a text, or the digest of one that is a secret.
enum PlannedText: Hashable, Sendable {
  /// A piece of a secret: a text that is none, or the value of a variable.
  enum Piece: Hashable, Sendable {
    case text(String)
    case variable(String)
  }

  case plain(String)
  /// - `shown`: the text with its secrets hidden.
  /// - `pieces`: what it is put together from, where that is known.
  case secret(digest: String, shown: String, pieces: [Piece])

  /// - Parameter isSecret: true for a text that is a secret whatever it is.
  init(_ text: String, isSecret: Bool = false, salt: String, _ secrecy: PlanSecrecy) {
    let redacted = secrecy.redacted(text)
    guard isSecret || !redacted.isSame(as: text) else {
      self = .plain(text)
      return
    }
    self = .secret(
      digest: Self.digest(text, salt: salt), shown: isSecret ? "••••" : redacted,
      pieces: Self.pieces(text, secrecy.variables))
  }

  static func digest(_ text: String, salt: String) -> String {
    SHA256.hexadecimalDigest(of: Array("\(salt)\0\(text)".utf8))
  }

  /// The text as a person may see it.
  var shown: String {
    switch self {
    case .plain(let text), .secret(_, let text, _): text
    }
  }

  /// True for the same text.
  func matches(_ text: String, salt: String) -> Bool {
    switch self {
    case .plain(let own): own.isSame(as: text)
    case .secret(let digest, _, _): digest == Self.digest(text, salt: salt)
    }
  }

  /// The variable that ends a text, after nothing or a word that says how it is used, as `Bearer`.
  private static func pieces(_ text: String, _ variables: [String: String]) -> [Piece] {
    let fitting = variables.filter { !$0.value.isEmpty && text.hasSuffix($0.value) }
    guard let (name, value) = fitting.max(by: { ($0.value.utf8.count, $1.key) < ($1.value.utf8.count, $0.key) }) else {
      return []
    }
    let start = String(text.dropLast(value.count))
    let word = start.hasSuffix(" ") ? start.dropLast() : start[...]
    guard word.count <= 12, word.unicodeScalars.allSatisfy({ $0.isASCII && $0.properties.isAlphabetic }),
      start.isEmpty || start.hasSuffix(" ")
    else { return [] }
    return (start.isEmpty ? [] : [.text(start)]) + [.variable(name)]
  }
}

/// A change of a plan.
struct PlannedChange: Equatable, Sendable {
  struct Header: Equatable, Sendable {
    let name: String
    let value: PlannedText
  }

  struct Fields: Equatable, Sendable {
    var url: PlannedText?
    var events: [String]?
    var headers: [Header]?
  }

  let app: App
  let webhookID: WebhookID?
  /// `update`, `create` or `delete`.
  let action: String
  /// Nil for a creation, and for a webhook that could not be read.
  let before: Fields?
  /// Nil for a deletion.
  let asked: Fields?
  let origins: [Origin]

  /// Nil for a creation.
  var key: WebhookKey? { webhookID.map { WebhookKey(app.id, $0) } }
}

extension PlannedChange {
  init(_ change: Change, salt: String, _ secrecy: PlanSecrecy) {
    func fields(_ url: String?, _ events: [String]?, _ headers: Headers?) -> Fields {
      Fields(
        url: url.map { PlannedText($0, salt: salt, secrecy) }, events: events,
        headers: headers?.all.map {
          Header(name: $0.name, value: PlannedText($0.value, isSecret: $0.isSecret, salt: salt, secrecy))
        })
    }
    app = change.app
    webhookID = change.webhookID
    action = change.action.name
    before = change.before.map { fields($0.url, $0.events, $0.headers) }
    asked =
      switch change.action {
      case .update(_, let patch): fields(patch.url, patch.events, patch.headers)
      case .create(let url, let events, let headers): fields(url, events, headers)
      case .delete: nil
      }
    origins = change.origins
  }

  /// The texts that are asked for, with where they stand.
  var askedTexts: [(place: String, text: PlannedText)] {
    let webhook = webhookID.map { "\($0)" } ?? "a new webhook"
    return (asked?.headers ?? []).map { ("header \($0.name) of \(webhook)", $0.value) }
      + [asked?.url].compactMap { $0.map { ("url of \(webhook)", $0) } }
  }

  /// The texts that the webhook held when the plan was made.
  var heldTexts: Set<PlannedText> {
    Set((before?.headers ?? []).map(\.value) + [before?.url].compactMap(\.self))
  }
}
