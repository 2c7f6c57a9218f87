import Testing
import WhDomain

@testable import WhSession

/// Edits as an algebra over webhooks.
@Suite struct EditTests {
  private static let app = EditSamples.app
  private static let webhook = EditSamples.webhook

  @Test(arguments: EditSamples.all, [EditSamples.webhook, EditSamples.bare])
  func doneTwiceIsDoneOnce(_ statement: String, _ webhook: Webhook) throws {
    let edit = try EditSamples.edit(statement)
    let once = try edit.applied(to: webhook, in: Self.app)
    #expect(try edit.applied(to: once, in: Self.app) == once)
  }

  @Test(arguments: EditSamples.all, [EditSamples.webhook, EditSamples.bare])
  func onlyItsFieldChanges(_ statement: String, _ webhook: Webhook) throws {
    let edit = try EditSamples.edit(statement)
    let after = try edit.applied(to: webhook, in: Self.app)
    #expect(after.id == webhook.id && after.appID == webhook.appID)
    #expect(after.createdAt == webhook.createdAt && after.updatedAt == webhook.updatedAt)
    let changed = WebhookPatch(from: webhook, to: after)
    #expect(changed.fields.isSubset(of: [edit.field]))
    #expect(changed.applied(to: webhook).holdsTheSame(as: after))
    #expect(after.events.uniqued() == after.events)
  }

  @Test(arguments: EditSamples.all)
  func aPatchHoldsJustWhatDiffers(_ statement: String) throws {
    let after = try EditSamples.edit(statement).applied(to: Self.webhook, in: Self.app)
    let patch = WebhookPatch(from: Self.webhook, to: after)
    #expect(patch.isEmpty == after.holdsTheSame(as: Self.webhook))
    #expect(patch.fields == after.asPatch.fieldsThatDiffer(in: Self.webhook))
  }

  @Test(arguments: EditSamples.all)
  func aBlindPatchAgreesWithFullApplication(_ statement: String) throws {
    let edit = try EditSamples.edit(statement)
    guard let patch = try edit.blindPatch(for: Self.webhook.id, in: Self.app) else {
      // Only edits whose result depends on what the webhook holds have none.
      let results = try [Self.webhook, EditSamples.bare].map { webhook in
        try edit.applied(to: webhook, in: Self.app).asPatch
      }
      #expect(results[0] != results[1])
      return
    }
    let after = try edit.applied(to: Self.webhook, in: Self.app)
    #expect(patch.applied(to: Self.webhook) == after)
  }

  @Test(arguments: [
    ("set events C, A, C", ["C", "A"]), ("add event D, B, E, D", ["A", "B", "C", "D", "E"]),
    ("remove event B", ["A", "C"]), ("remove event b", ["A", "B", "C"]), ("rename event B to X", ["A", "X", "C"]),
    ("rename event A to C", ["C", "B"]), ("rename event C to A", ["A", "B"]), ("rename event Z to X", ["A", "B", "C"]),
    ("rename event A to A", ["A", "B", "C"]),
  ])
  func theOrderOfEventsIsKept(_ statement: String, _ expected: [String]) throws {
    #expect(try EditSamples.edit(statement).applied(to: Self.webhook, in: Self.app).events == expected)
  }

  @Test(arguments: [
    ("old.example.com", "new.example.com", "https://new.example.com/a?to=new.example.com"),
    ("OLD.example.com", "x", "https://old.example.com/a?to=old.example.com"),
    ("old.", "''", "https://example.com/a?to=example.com"),
    ("old", "oldold", "https://oldold.example.com/a?to=oldold.example.com"),
    ("nothing", "x", "https://old.example.com/a?to=old.example.com"),
    ("https://old.example.com/a?to=old.example.com", "https://x.example/", "https://x.example/"),
  ])
  func replaceURL(_ old: String, _ new: String, _ expected: String) throws {
    let edit = try EditSamples.edit("replace url \(old) with \(new)")
    #expect(try edit.applied(to: Self.webhook, in: Self.app).url == expected)
  }

  @Test(arguments: [
    ("app.id", "https://x.example/app_1"), ("app.slug", "https://x.example/my%20app%2F%C3%A4"),
    ("app.name", "https://x.example/My%20%26%20App"), ("webhook.id", "https://x.example/whk_1"),
  ])
  func placeholdersArePercentEncodedInAURL(_ placeholder: String, _ expected: String) throws {
    let edit = try EditSamples.edit("set url https://x.example/${\(placeholder)}")
    #expect(try edit.applied(to: Self.webhook, in: Self.app).url == expected)
  }

  @Test func placeholdersStandAsTheyAreInAHeader() throws {
    let edit = try EditSamples.edit("set header X-App \"app ${app.slug}!\"")
    #expect(try edit.applied(to: Self.webhook, in: Self.app).headers["x-app"] == "app my app/ä!")
  }

  @Test(arguments: [
    "set url https://x.example/${app.slug}", "set url https://x.example/${app.name}", "set header X ${app.slug}",
    "replace url https:// with ftp://", "replace url old.example.com with ''", "replace url a with ${app.name}",
  ])
  func whatNoRequestMayCarryIsRefused(_ statement: String) throws {
    let edit = try EditSamples.edit(statement)
    let app = App(id: Self.app.id)
    #expect(throws: InvalidValue.self) { try edit.applied(to: Self.webhook, in: app) }
  }

  @Test func aURLThatTheServiceHoldsIsNotJudgedWhereItStays() throws {
    let odd = Webhook(id: Self.webhook.id, appID: Self.app.id, url: "ftp://odd", events: [])
    let edit = try EditSamples.edit("replace url x.example with y.example")
    #expect(try edit.applied(to: odd, in: Self.app).url == "ftp://odd")
  }

  @Test func aRestorationIsNotJudged() throws {
    let odd = WebhookPatch(url: "https://user:pw@old.example.com/{id}", events: [], headers: Headers())
    let edits = Restoration.edits(for: odd)
    #expect(edits.map(\.field) == [.url, .events, .headers])
    let after = edits.reduce(Self.webhook) { $1.applied(to: $0, in: Self.app) }
    #expect(odd.fieldsThatDiffer(in: after).isEmpty)
  }
}
