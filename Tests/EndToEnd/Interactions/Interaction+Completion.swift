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
        "app      Select the apps that the following statements apply to.",
        "profile  Switch to the server and key of another profile.", "sandbox> use ‸",
      ]),
    Interaction("A second keyword", "use a" + Keys.tab, sees: ["sandbox> use app ‸"]),
    Interaction("A keyword in capitals", "US" + Keys.tab, sees: ["sandbox> use ‸"]),
    Interaction(
      "Two keywords that begin alike", "re" + Keys.tab,
      sees: [
        "record   Start or stop recording a transcript of the session.",
        "refresh  Read the selected webhooks again and reapply the staged edits.",
        "remove   event, header",
        "rename   Rename events of the selected webhooks, keeping their position.",
        "replace  url, host", "resume   Finish a run that was stopped part-way, or all unfinished runs.",
        "sandbox> re‸",
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
        "from                                  listed in a file",
        "where                                 matching a predicate",
        "*                                     all",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11  https://old.example.com/my-app/messages",
        "d1ea8ee7-d01b-46f1-a8ea-887855138575  https://old.example.com/my-app/inbound",
        "eb2d8390-2244-4960-a30c-14985d10fb70  https://old.example.com/my-app/status", "sandbox my-app> webhook ‸",
      ]),
    Interaction(
      "A webhook's id", before: inApp, "webhook a0" + Keys.tab, sees: ["sandbox my-app> webhook \(webhook) ‸"]),
    Interaction(
      "The parts of a predicate", before: inApp, "webhook where " + Keys.tab,
      sees: [
        "created  header   host     name     slug     updated  (", "event    headers  id       not      status   url",
        "sandbox my-app> webhook where ‸",
      ],
      wide: [
        "created  event    header   headers  host     id       name     not      slug     status   updated  url      (",
        "sandbox my-app> webhook where ‸",
      ]),
    Interaction(
      "Edits behind a selection", before: inApp, "webhook * se" + Keys.tab, sees: ["sandbox my-app> webhook * set ‸"]),
    Interaction(
      "What can be set", before: inWebhook, "set " + Keys.tab,
      sees: [
        "events  Subscribe the selected webhooks to exactly these events.",
        "header  Set a custom header of the selected webhooks.",
        "url     Set the url of the selected webhooks.", "sandbox my-app/a0eebc99> set ‸",
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
      sees: ["skip       current", "stop", "overwrite", "sandbox> config conflicts ‸"]),
    Interaction("A topic of help", "help ren" + Keys.tab, sees: ["sandbox> help rename ‸"]),
    Interaction("What errors do", "on error " + Keys.tab, sees: ["continue  stop", "sandbox> on error ‸"]),
    Interaction(
      "Every statement", Keys.tab,
      sees: [
        "!         Run a shell command. Only at the prompt.",
        "add       Subscribe the selected webhooks to more events.",
        "clear     Remove all custom headers from the selected webhooks.",
        "commit    Send the staged changes, one request per changed webhook.",
        "config    Show or set a session option.",
        "create    Stage the creation of a webhook in each selected app.",
        "delete    Stage the deletion of the selected webhooks.",
        "diff      Print the staged changes, with each webhook before and after.",
        "dump      Write the selected webhooks as a script that restores them.",
        "echo      Print words, separated by spaces.",
        "edit      Open the last line in your editor. Only at the prompt.", "exit      Quit, like `quit`.",
        "expect    Fail unless all, some or exactly N selected webhooks match.",
        "help      List all statements, or explain one, a topic or an error code.",
        "history   Print the last lines of the history. Only at the prompt.",
        "let       Set a variable, used as `${NAME}` in bare and double-quoted words.",
        "on        Set whether a script stops or continues after a failed statement.",
        "quit      Quit. The prompt asks for confirmation when edits are staged.",
        "record    Start or stop recording a transcript of the session.",
        "refresh   Read the selected webhooks again and reapply the staged edits.",
        "remove    event, header",
        "rename    Rename events of the selected webhooks, keeping their position.",
        "replace   url, host",
        "resume    Finish a run that was stopped part-way, or all unfinished runs.",
        "rollback  Discard all staged changes.", "set       url, events, header",
        "show      apps, webhooks, events, runs, run, variables, config, requests",
        "source    Run another script at this point.",
        "status    Summarise the selection and the staged changes.",
        "undo      Stage edits that revert a run; without a number, the newest run.",
        "unstage   Discard the staged changes of the selection, or of one statement.", "use       app, profile",
        "watch     Repeat a statement that looks until a key is pressed.",
        "webhook   Select webhooks in the selected apps, and optionally edit them.", "sandbox> ‸",
      ]),
    Interaction("Nothing can follow", "commit " + Keys.tab, sees: ["sandbox> commit ‸"], bells: 1),
    Interaction("Nothing in a comment", "# us" + Keys.tab, sees: ["sandbox> # us‸"], bells: 1),
  ]
}
