import Foundation
import WhDomain

@testable import WhJournal

/// Values to write.
enum Samples {
  static let app = App(id: AppID(unchecked: "app_1"), slug: "shop", name: "The Shop")

  static func webhook(_ id: String = "whk_1", url: String = "https://old.example.com/a") -> Webhook {
    Webhook(
      id: WebhookID(unchecked: id), appID: app.id, url: url, events: ["MESSAGE_SENT", "MESSAGE_CREATED"],
      headers: Headers([Header(name: "X-Key", value: "s3cret")]), createdAt: try? Timestamp("2021-08-01T00:00:00Z"),
      updatedAt: try? Timestamp("2021-08-01T00:00:00.123+02:00"))
  }

  static let origins = [
    Origin(source: "migrate.wh", line: 3, column: 1, statement: "rename event MESSAGE_SENT to messages.sms.sent"),
    Origin(source: "migrate.wh", line: 4, column: 1, statement: "set header X-Key ••••"),
  ]

  /// A change of one webhook's url.
  static func update(_ number: Int = 1, to url: String = "https://new.example.com/a") -> Change {
    let before = webhook("whk_\(number)")
    return Change(
      app: app, webhookID: before.id, action: .update(before: before, WebhookPatch(url: url)), origins: origins)
  }

  static func updates(_ count: Int) -> [Change] { (0..<count).map { update($0) } }

  static let creation = Change(
    app: app, webhookID: nil,
    action: .create(
      url: "https://new.example.com/c", events: ["MESSAGE_SENT"], headers: Headers([Header(name: "A", value: "b")])))

  static let deletion = Change(app: app, webhookID: webhook().id, action: .delete(before: webhook()))

  static func metadata(
    _ kind: RunMetadata.Kind = .commit, profile: String = "default", host: String = "api.example.com",
    startedAt: Moment = .sample
  ) -> RunMetadata {
    RunMetadata(
      kind: kind, profile: profile, host: host, script: "migrate.wh",
      scriptSHA256: String(repeating: "0", count: 64), note: "ticket 7", user: "alice", version: "0.1.0",
      startedAt: startedAt)
  }

  static let holder = LockHolder(processID: getpid(), user: "alice cooper", since: .sample)

  static func done(_ change: Change) -> Outcome { Outcome(change, .updated, answer: change.after) }
}

extension Journal {
  /// A journal in a folder, with time that stands still.
  static func sample(at path: String, time: ManualTime = ManualTime(), pageLimit: Int? = nil) throws -> Journal {
    try Journal(path: path, environment: time.environment, pageLimit: pageLimit)
  }
}

extension RunLog {
  /// The unfinished runs of the profile and server of `Samples.metadata()`.
  var unfinished: [Run] {
    get async throws(JournalError) { try await unfinishedRuns(profile: "default", host: "api.example.com") }
  }

  /// Takes the lock of the profile and server of `Samples.metadata()`, as a process that commits does.
  func lockDefault() async throws(LockProblem) -> any RunLock {
    try await lock(profile: "default", host: "api.example.com", holder: Samples.holder)
  }
}
