import Testing
import WhDomain
import WhSyntax

@testable import WhSession

/// Webhooks to edit, and edits as they are written.
enum EditSamples {
  static let app = App(
    id: AppID(unchecked: "app_1"), slug: "my app/ä", name: "My & App", status: "active",
    createdAt: time("2021-01-01T00:00:00Z"), updatedAt: time("2022-01-01T00:00:00Z"))

  static let webhook = Webhook(
    id: WebhookID(unchecked: "whk_1"), appID: app.id, url: "https://old.example.com/a?to=old.example.com",
    events: ["A", "B", "C"],
    headers: Headers([Header(name: "X-Team", value: "sms"), Header(name: "authorization", value: "Bearer abc")]),
    createdAt: time("2021-08-01T00:00:00Z"), updatedAt: time("2023-08-01T12:30:00.5Z"))

  static let bare = Webhook(id: WebhookID(unchecked: "whk_2"), appID: app.id, url: "https://x.example", events: [])

  private static func time(_ text: String) -> Timestamp? { try? Timestamp(text) }

  /// One edit of each kind, and those that come to nothing.
  static let all = [
    "set url https://new.example.com", "set url https://old.example.com/a?to=old.example.com",
    "set url https://x.example/${app.slug}/${webhook.id}", "replace url old.example.com with hooks.example.org",
    "replace url nowhere with x", "replace url a with \"\"", "set events C, A", "set events A, A, B",
    "add event D, A, D", "remove event B, Z", "remove event A, B, C", "rename event B to X", "rename event A to C",
    "rename event Z to Y", "set header X-New v", "set header x-team sms", "set header X-TEAM voice",
    "set header AUTHORIZATION \"Bearer def\"", "remove header x-team", "remove header Nope, Authorization",
    "clear headers",
  ]

  /// The edit of a statement.
  static func edit(_ statement: String) throws -> any Edit {
    let binder = Binder(readFile: { _ throws(FileProblem) in throw FileProblem("no files") }, redactor: Redactor())
    let script = binder.bind(Source(name: "test", text: statement), in: Scope())
    guard let command = script.statements.first?.command, case .edits(let edit) = command.work else {
      throw NoEdit(statement: statement, messages: script.diagnostics.map(\.message))
    }
    return edit
  }

  struct NoEdit: Error {
    let statement: String
    let messages: [String]
  }
}
