import Testing
import WhDomain

/// Edits as an algebra over webhooks.
@Suite struct EditTests {
  @Test(arguments: Samples.edits, [Samples.webhook, Samples.bare])
  func doneTwiceIsDoneOnce(_ edit: Edit, _ webhook: Webhook) throws {
    let once = try edit.applied(to: webhook, in: Samples.app)
    #expect(try edit.applied(to: once, in: Samples.app) == once)
  }

  @Test(arguments: Samples.edits, [Samples.webhook, Samples.bare])
  func theRestOfTheWebhookStays(_ edit: Edit, _ webhook: Webhook) throws {
    let after = try edit.applied(to: webhook, in: Samples.app)
    #expect(after.id == webhook.id && after.appID == webhook.appID)
    #expect(after.createdAt == webhook.createdAt && after.updatedAt == webhook.updatedAt)
    let changed = WebhookPatch(from: webhook, to: after)
    #expect([changed.url == nil, changed.events == nil, changed.headers == nil].count { !$0 } <= 1)
    #expect(changed.applied(to: webhook) == after)
    #expect(after.events.uniqued() == after.events)
  }

  @Test(arguments: Samples.edits)
  func aBlindPatchAgreesWithFullApplication(_ edit: Edit) throws {
    guard let patch = try edit.blindPatch(for: Samples.webhook.id, in: Samples.app) else {
      // Only edits whose result depends on what the webhook holds have none.
      let results = try [Samples.webhook, Samples.bare].map { webhook in
        let url = Webhook(
          id: Samples.webhook.id, appID: webhook.appID, url: webhook.url, events: webhook.events,
          headers: webhook.headers)
        let after = try edit.applied(to: url, in: Samples.app)
        return WebhookPatch(url: after.url, events: after.events, headers: after.headers)
      }
      #expect(results[0] != results[1])
      return
    }
    let after = try edit.applied(to: Samples.webhook, in: Samples.app)
    #expect(patch.applied(to: Samples.webhook) == after)
  }

  @Test(
    arguments: [
      (.setEvents(["C", "A", "C"]), ["C", "A"]), (.addEvents(["D", "B", "E", "D"]), ["A", "B", "C", "D", "E"]),
      (.removeEvents(["B"]), ["A", "C"]), (.removeEvents(["b"]), ["A", "B", "C"]),
      (.renameEvent("B", to: "X"), ["A", "X", "C"]), (.renameEvent("A", to: "C"), ["C", "B"]),
      (.renameEvent("C", to: "A"), ["A", "B"]), (.renameEvent("Z", to: "X"), ["A", "B", "C"]),
      (.renameEvent("A", to: "A"), ["A", "B", "C"]), (.setEvents([]), []),
    ] as [(Edit, [String])])
  func theOrderOfEventsIsKept(_ edit: Edit, _ expected: [String]) throws {
    #expect(try edit.applied(to: Samples.webhook, in: Samples.app).events == expected)
  }

  @Test(arguments: [
    ("old.example.com", "new.example.com", "https://new.example.com/a?to=new.example.com"),
    ("OLD.example.com", "x", "https://old.example.com/a?to=old.example.com"),
    ("old.", "", "https://example.com/a?to=example.com"),
    ("old", "oldold", "https://oldold.example.com/a?to=oldold.example.com"),
    ("nothing", "x", "https://old.example.com/a?to=old.example.com"),
    ("https://old.example.com/a?to=old.example.com", "https://x.example/", "https://x.example/"),
  ])
  func replaceURL(_ old: String, _ new: String, _ expected: String) throws {
    let edit = Edit.replaceURL(Template(old), with: Template(new))
    #expect(try edit.applied(to: Samples.webhook, in: Samples.app).url == expected)
  }

  @Test(arguments: [
    ("aaaa", "aa", "b", "bb"), ("aaa", "aa", "b", "ba"), ("abc", "", "x", "abc"), ("abc", "abcd", "x", "abc"),
    ("", "a", "x", ""), ("e\u{301}e", "e", "x", "x\u{301}x"), ("日本", "本", "x", "日x"), ("abab", "ab", "ab", "abab"),
  ])
  func replacingEvery(_ text: String, _ old: String, _ new: String, _ expected: String) {
    #expect(Array(text.replacingEvery(old, with: new).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: [
    (Placeholder.appID, "https://x.example/app_1"), (.appSlug, "https://x.example/my%20app%2F%C3%A4"),
    (.appName, "https://x.example/My%20%26%20App"), (.webhookID, "https://x.example/whk_1"),
  ])
  func placeholdersArePercentEncodedInAURL(_ placeholder: Placeholder, _ expected: String) throws {
    let url = Template([.text("https://x.example/"), .placeholder(placeholder)])
    #expect(try Edit.setURL(url).applied(to: Samples.webhook, in: Samples.app).url == expected)
  }

  @Test func placeholdersStandAsTheyAreInAHeader() throws {
    let value = Template([.text("app "), .placeholder(.appSlug), .text("!")])
    let after = try Edit.setHeader(name: "X-App", value).applied(to: Samples.webhook, in: Samples.app)
    #expect(after.headers["x-app"] == "app my app/ä!")
  }

  @Test(
    arguments: [
      .setURL(Template([.text("https://x.example/"), .placeholder(.appSlug)])),
      .setURL(Template([.text("https://x.example/"), .placeholder(.appName)])),
      .setHeader(name: "X", Template([.placeholder(.appSlug)])), .setURL(Template("ftp://x.example")),
      .setURL(Template("https://x.example/\r\n")), .setURL(Template("")),
      .replaceURL(Template("https://"), with: Template("ftp://")),
      .replaceURL(Template("old.example.com"), with: Template("")),
      .replaceURL(Template("a"), with: Template([.placeholder(.appName)])),
      .setHeader(name: "X", Template("a\r\nb")), .setHeader(name: "X", Template("a\u{0}b")),
    ] as [Edit])
  func whatNoRequestMayCarryIsRefused(_ edit: Edit) {
    let app = App(id: Samples.app.id)
    #expect(throws: InvalidValue.self) { try edit.applied(to: Samples.webhook, in: app) }
  }

  @Test func aURLThatTheServiceHoldsIsNotJudgedWhereItStays() throws {
    let odd = Webhook(id: Samples.webhook.id, appID: Samples.app.id, url: "ftp://odd", events: [])
    let edit = Edit.replaceURL(Template("x.example"), with: Template("y.example"))
    #expect(try edit.applied(to: odd, in: Samples.app).url == "ftp://odd")
  }
}
