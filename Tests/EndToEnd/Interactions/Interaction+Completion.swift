import WhTestSupport

extension Interaction {
  private static let inApp = ["use app my-app"]
  private static let webhook = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"
  private static let inWebhook = ["use app my-app; webhook \(webhook)"]

  /// Tab.
  static let completion: [Interaction] = [
    Interaction("A keyword", "us" + Keys.tab, sees: ["sandbox> use ‸"]),
    Interaction(
      "What may follow it", "use " + Keys.tab,
      sees: [
        "app      Choose the apps that the statements below work on.",
        "profile  Change to the server and the key of another profile.", "sandbox> use ‸",
      ]),
    Interaction("A second keyword", "use a" + Keys.tab, sees: ["sandbox> use app ‸"]),
    Interaction("A keyword in capitals", "US" + Keys.tab, sees: ["sandbox> use ‸"]),
    Interaction(
      "Two keywords that begin alike", "re" + Keys.tab,
      sees: [
        "record   Write a transcript of the session, or stop doing so.",
        "refresh  Read the selected webhooks again; staged edits are applied to what is…", "remove   event, header",
        "rename   Replace events by others in the selected webhooks, each in its place …",
        "replace  url, host", "sandbox> re‸",
      ],
      wide: [
        "record   Write a transcript of the session, or stop doing so.",
        "refresh  Read the selected webhooks again; staged edits are applied to what is found.",
        "remove   event, header",
        "rename   Replace events by others in the selected webhooks, each in its place in the list.",
        "replace  url, host", "sandbox> re‸",
      ]),
    Interaction("No such keyword", "xy" + Keys.tab, sees: ["sandbox> xy‸"], bells: 1),
    Interaction("An app's slug", before: ["show apps"], "use app my" + Keys.tab, sees: ["sandbox> use app my-app ‸"]),
    Interaction(
      "As far as all slugs agree", before: ["show apps"], "use app st" + Keys.tab, sees: ["sandbox> use app staging-‸"]),
    Interaction(
      "Apps beside their names", before: ["show apps"], "use app prod-s" + Keys.tab,
      sees: ["prod-storefront    Storefront", "prod-support-desk  Support Desk", "sandbox> use app prod-s‸"]),
    Interaction(
      "An app's id", before: ["show apps"], "use app b1ff" + Keys.tab,
      sees: ["sandbox> use app b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22 ‸"]),
    Interaction(
      "Webhooks beside their urls", before: inApp, "webhook " + Keys.tab,
      sees: [
        "from                                  those named in a file",
        "where                                 those that a predicate fits",
        "*                                     all of them",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11  https://old.example.com/my-app/messages",
        "d1ea8ee7-d01b-46f1-a8ea-887855138575  https://old.example.com/my-app/inbound",
        "eb2d8390-2244-4960-a30c-14985d10fb70  https://old.example.com/my-app/status", "sandbox my-app> webhook ‸",
      ]),
    Interaction(
      "A webhook's id", before: inApp, "webhook a0" + Keys.tab, sees: ["sandbox my-app> webhook \(webhook) ‸"]),
    Interaction(
      "The parts of a predicate", before: inApp, "webhook where " + Keys.tab,
      sees: [
        "created  header   id       not      status   url", "event    host     name     slug     updated  (",
        "sandbox my-app> webhook where ‸",
      ],
      wide: [
        "created  event    header   host     id       name     not      slug     status   updated  url      (",
        "sandbox my-app> webhook where ‸",
      ]),
    Interaction(
      "Edits behind a selection", before: inApp, "webhook * se" + Keys.tab, sees: ["sandbox my-app> webhook * set ‸"]),
    Interaction(
      "What can be set", before: inWebhook, "set " + Keys.tab,
      sees: [
        "events  Subscribe the chosen webhooks to these events and no others.",
        "header  Give the chosen webhooks a custom header, or a new value for one.",
        "url     Give the chosen webhooks a url.", "sandbox my-app/a0eebc99> set ‸",
      ]),
    Interaction(
      "An event", before: inWebhook, "add event MESSAGE_S" + Keys.tab,
      sees: ["sandbox my-app/a0eebc99> add event MESSAGE_SENT ‸"]),
    Interaction(
      "Events that a webhook lacks", before: inWebhook, "add event MESSAGE_" + Keys.tab,
      sees: ["sandbox my-app/a0eebc99> add event MESSAGE_SENT ‸"]),
    Interaction(
      "Events that it has", before: inWebhook, "remove event " + Keys.tab + Keys.tab,
      sees: ["MESSAGE_CREATED    MESSAGE_DELIVERED", "sandbox my-app/a0eebc99> remove event MESSAGE_‸"]),
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
    Interaction(
      "The values of an option", "config conflicts " + Keys.tab,
      sees: ["skip       now", "stop", "overwrite", "sandbox> config conflicts ‸"]),
    Interaction("A topic of help", "help ren" + Keys.tab, sees: ["sandbox> help rename ‸"]),
    Interaction("What errors do", "on error " + Keys.tab, sees: ["continue  stop", "sandbox> on error ‸"]),
    Interaction(
      "Every statement", Keys.tab,
      sees: [
        "add       Subscribe the chosen webhooks to further events.",
        "clear     Take all custom headers off the chosen webhooks.",
        "commit    Send what is staged: one request for each webhook that changes.",
        "config    Show an option of the session, or set it.",
        "create    Stage the creation of a webhook in each selected app.",
        "delete    Stage the deletion of the chosen webhooks.",
        "diff      Print what is staged, as before and after of each webhook.",
        "dump      Write the chosen webhooks as a script that sets all that they hold.",
        "echo      Print words, with a space between them.",
        "expect    Fail unless all selected webhooks satisfy a predicate, or some, or e…",
        "help      List the statements, or explain those that a word names.",
        "let       Set a variable, which `${NAME}` then stands for in bare and double-q…",
        "on        Say whether a script stops at a statement that fails, or goes on wit…",
        "quit      Leave. A script ends here; a prompt asks first when edits are staged.",
        "record    Write a transcript of the session, or stop doing so.",
        "refresh   Read the selected webhooks again; staged edits are applied to what i…", "remove    event, header",
        "rename    Replace events by others in the selected webhooks, each in its place…",
        "replace   url, host",
        "rollback  Drop what is staged.", "set       url, events, header",
        "show      apps, webhooks, events, runs, variables, config, requests", "source    Run another script here.",
        "status    Say in short what is chosen and what is staged.",
        "undo      Stage the edits that put back what a run changed; the newest run, if…",
        "unstage   Drop what is staged on the selected webhooks, and keep the rest.", "use       app, profile",
        "webhook   Choose webhooks in the chosen apps, and edit them at once if an edit…", "sandbox> ‸",
      ],
      wide: [
        "add       Subscribe the chosen webhooks to further events.",
        "clear     Take all custom headers off the chosen webhooks.",
        "commit    Send what is staged: one request for each webhook that changes.",
        "config    Show an option of the session, or set it.",
        "create    Stage the creation of a webhook in each selected app.",
        "delete    Stage the deletion of the chosen webhooks.",
        "diff      Print what is staged, as before and after of each webhook.",
        "dump      Write the chosen webhooks as a script that sets all that they hold.",
        "echo      Print words, with a space between them.",
        "expect    Fail unless all selected webhooks satisfy a predicate, or some, or exactly so many; say which do not.",
        "help      List the statements, or explain those that a word names.",
        "let       Set a variable, which `${NAME}` then stands for in bare and double-quoted words.",
        "on        Say whether a script stops at a statement that fails, or goes on with the next one.",
        "quit      Leave. A script ends here; a prompt asks first when edits are staged.",
        "record    Write a transcript of the session, or stop doing so.",
        "refresh   Read the selected webhooks again; staged edits are applied to what is found.",
        "remove    event, header",
        "rename    Replace events by others in the selected webhooks, each in its place in the list.",
        "replace   url, host",
        "rollback  Drop what is staged.", "set       url, events, header",
        "show      apps, webhooks, events, runs, variables, config, requests", "source    Run another script here.",
        "status    Say in short what is chosen and what is staged.",
        "undo      Stage the edits that put back what a run changed; the newest run, if none is named.",
        "unstage   Drop what is staged on the selected webhooks, and keep the rest.", "use       app, profile",
        "webhook   Choose webhooks in the chosen apps, and edit them at once if an edit follows.", "sandbox> ‸",
      ]),
    Interaction("Nothing can follow", "commit " + Keys.tab, sees: ["sandbox> commit ‸"], bells: 1),
    Interaction("Nothing in a comment", "# us" + Keys.tab, sees: ["sandbox> # us‸"], bells: 1),
  ]
}
