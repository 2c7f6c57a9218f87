import WhTestSupport

extension Interaction {
  private static let inApp = ["use app my-app"]
  private static let webhook = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"
  private static let inWebhook = ["use app my-app; webhook \(webhook)"]

  /// Tab.
  static let completion: [Interaction] = [
    Interaction("A keyword", "us" + Keys.tab, sees: ["sandbox> use ‸"]),
    Interaction("What may follow it", "use " + Keys.tab, sees: ["TODO"]),
    Interaction("A second keyword", "use a" + Keys.tab, sees: ["sandbox> use app ‸"]),
    Interaction("A keyword in capitals", "US" + Keys.tab, sees: ["sandbox> use ‸"]),
    Interaction("Two keywords that begin alike", "re" + Keys.tab, sees: ["TODO"]),
    Interaction("No such keyword", "xy" + Keys.tab, sees: ["sandbox> xy‸"], bells: 1),
    Interaction("An app's slug", before: ["show apps"], "use app my" + Keys.tab, sees: ["sandbox> use app my-app ‸"]),
    Interaction(
      "As far as all slugs agree", before: ["show apps"], "use app st" + Keys.tab, sees: ["sandbox> use app staging-‸"]),
    Interaction("Apps beside their names", before: ["show apps"], "use app prod-s" + Keys.tab, sees: ["TODO"]),
    Interaction(
      "An app's id", before: ["show apps"], "use app b1ff" + Keys.tab,
      sees: ["sandbox> use app b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22 ‸"]),
    Interaction("Webhooks beside their urls", before: inApp, "webhook " + Keys.tab, sees: ["TODO"]),
    Interaction(
      "A webhook's id", before: inApp, "webhook a0" + Keys.tab, sees: ["sandbox my-app> webhook \(webhook) ‸"]),
    Interaction("The parts of a predicate", before: inApp, "webhook where " + Keys.tab, sees: ["TODO"]),
    Interaction(
      "Edits behind a selection", before: inApp, "webhook * se" + Keys.tab, sees: ["sandbox my-app> webhook * set ‸"]),
    Interaction("What can be set", before: inWebhook, "set " + Keys.tab, sees: ["TODO"]),
    Interaction(
      "An event", before: inWebhook, "add event MESSAGE_S" + Keys.tab,
      sees: ["sandbox my-app/a0eebc99> add event MESSAGE_SENT ‸"]),
    Interaction("Events that a webhook lacks", before: inWebhook, "add event MESSAGE_" + Keys.tab, sees: ["TODO"]),
    Interaction("Events that it has", before: inWebhook, "remove event " + Keys.tab, sees: ["TODO"]),
    Interaction(
      "The next event of a list", before: inWebhook, "remove event MESSAGE_CREATED, MESSAGE_D" + Keys.tab,
      sees: ["sandbox my-app/a0eebc99> remove event MESSAGE_CREATED, MESSAGE_DELIVERED ‸"]),
    Interaction("Behind a semicolon", "echo hi; us" + Keys.tab, sees: ["sandbox> echo hi; use ‸"]),
    Interaction(
      "In the middle of a line", "us app *" + Keys.control("a") + Keys.right + Keys.right + Keys.tab,
      sees: ["sandbox> use‸ app *"]),
    Interaction(
      "A variable", before: ["let host = new.example.com"], "echo ${ho" + Keys.tab, sees: ["sandbox> echo ${host}‸"]),
    Interaction("An option", "config con" + Keys.tab, sees: ["sandbox> config conflicts ‸"]),
    Interaction("The values of an option", "config conflicts " + Keys.tab, sees: ["TODO"]),
    Interaction("A topic of help", "help ren" + Keys.tab, sees: ["sandbox> help rename ‸"]),
    Interaction("What errors do", "on error " + Keys.tab, sees: ["TODO"]),
    Interaction("Every statement", Keys.tab, sees: ["TODO"]),
    Interaction("Nothing can follow", "commit " + Keys.tab, sees: ["sandbox> commit ‸"], bells: 1),
    Interaction("Nothing in a comment", "# us" + Keys.tab, sees: ["sandbox> # us‸"], bells: 1),
  ]
}
