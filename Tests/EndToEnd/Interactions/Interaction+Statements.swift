import WhTestSupport

extension Interaction {
  private static let webhook = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"
  private static let inWebhook = ["use app my-app", "webhook \(webhook)"]

  /// Statements and what they answer.
  static let statements: [Interaction] = [
    Interaction("An empty line", Keys.enter, sees: ["sandbox>", "sandbox> ‸"]),
    Interaction("A comment", "# later" + Keys.enter, sees: ["sandbox> # later", "sandbox> ‸"]),
    Interaction("Two statements", "echo one; echo two" + Keys.enter, sees: ["one", "two", "sandbox> ‸"]),
    Interaction("A backslash asks for more", "echo one \\" + Keys.enter, sees: ["sandbox> echo one \\", ".......> ‸"]),
    Interaction("So does an open quote", "echo \"one" + Keys.enter, sees: ["sandbox> echo \"one", ".......> ‸"]),
    Interaction(
      "Selecting an app", "use app my-app" + Keys.enter,
      sees: ["app my-app (b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22), 3 webhooks", "sandbox my-app> ‸"]),
    Interaction("Selecting several", "use app prod-*" + Keys.enter, sees: ["6 apps", "sandbox 6 apps> ‸"]),
    Interaction(
      "Selecting none", "use app where slug = none" + Keys.enter,
      sees: ["note: no matching apps: no apps selected", "sandbox 0 apps> ‸"]),
    Interaction(
      "No such app", before: ["show apps"], "use app my-ap" + Keys.enter,
      sees: [
        "error[unknown-app]: no app named `my-ap`", " --> prompt:1:9", "  |", "1 | use app my-ap",
        "  |         ^^^^^ did you mean `my-app`?", "sandbox> ‸",
      ]),
    Interaction(
      "No such statement", "ad event MESSAGE_SENT" + Keys.enter,
      sees: [
        "error[unknown-keyword]: `ad` is not a statement", " --> prompt:1:1", "  |", "1 | ad event MESSAGE_SENT",
        "  | ^^ did you mean `add`?", "sandbox> ‸",
      ]),
    Interaction(
      "A word too many", "rollback now" + Keys.enter,
      sees: [
        "error[unexpected-word]: `now` is not expected here", " --> prompt:1:10", "  |", "1 | rollback now",
        "  |          ^^^ the statement ends before this", "sandbox> ‸",
      ]),
    Interaction(
      "Two mistakes in a line", "ad event X; shwo apps" + Keys.enter,
      sees: [
        "error[unknown-keyword]: `ad` is not a statement", " --> prompt:1:1", "  |", "1 | ad event X; shwo apps",
        "  | ^^ did you mean `add`?", "error[unknown-keyword]: `shwo` is not a statement", " --> prompt:1:13", "  |",
        "1 | ad event X; shwo apps", "  |             ^^^^ did you mean `show`?", "sandbox> ‸",
      ]),
    Interaction(
      "An edit without a selection", "add event MESSAGE_SENT" + Keys.enter,
      sees: [
        "error[no-webhooks-chosen]: no webhooks selected", " --> prompt:1:1", "  |", "1 | add event MESSAGE_SENT",
        "  | ^^^^^^^^^^^^^^^^^^^^^^ run `webhook` first, such as `webhook *`", "sandbox> ‸",
      ]),
    Interaction(
      "An invalid url", before: inWebhook, "set url nowhere" + Keys.enter,
      sees: [
        "error[invalid-url]: `nowhere` is not a valid url: it must begin with https://", " --> prompt:1:9", "  |",
        "1 | set url nowhere", "  |         ^^^^^^^", "sandbox my-app/a0eebc99> ‸",
      ]),
    Interaction(
      "The apps", "show apps" + Keys.enter,
      sees: [
        "  slug                  id                   name                 status",
        "  my-app                b1ffcd11-…0ce491b22  My App               active",
        "  prod-storefront       1f021999-…d08013975  Storefront           active",
        "  prod-support-desk     731868a9-…6da498a33  Support Desk         active",
        "  prod-appointments     7a2d59ed-…9441299a4  Appointments         active",
        "  prod-two-factor       4d7c8816-…52620b444  Two-Factor Codes     active",
        "  prod-logistics        app_CI87c…0zEA9q6bQ  Logistics            active",
        "  prod-newsletter       app_lYdHf…H7YD1ltAO  Newsletter           billing_paused",
        "  staging-storefront    d58740e9-…3ee9ecca1  Storefron…(staging)  active",
        "  staging-support-desk  app_z0dbc…ekGVPbJfl  Support D…(staging)  active",
        "  staging-logistics     app_b5N1C…Sxv5K8iOx  Logistics (staging)  active",
        "  dev-playground        app_Ayu3z…uClfFHLUu  Playground           active",
        "  acme-dental           app_n5VzS…b7GzMbgEZ  Acme Dental          active",
        "  globex-hr             app_vRHCa…yPf6MlWXQ  Globex HR            active", "13 apps", "sandbox> ‸",
      ],
      wide: [
        "  slug                  id                                    name                    status",
        "  my-app                b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22  My App                  active",
        "  prod-storefront       1f021999-1588-4159-a831-eb1d08013975  Storefront              active",
        "  prod-support-desk     731868a9-718a-48b0-a80c-8f86da498a33  Support Desk            active",
        "  prod-appointments     7a2d59ed-62c0-42a0-a220-0e39441299a4  Appointments            active",
        "  prod-two-factor       4d7c8816-8733-4500-a498-cee52620b444  Two-Factor Codes        active",
        "  prod-logistics        app_CI87cZsQOk7vdI5NHZ0zEA9q6bQ       Logistics               active",
        "  prod-newsletter       app_lYdHfNfINuYu7DtESIH7YD1ltAO       Newsletter              billing_paused",
        "  staging-storefront    d58740e9-eb4a-47e1-a833-a3f3ee9ecca1  Storefront (staging)    active",
        "  staging-support-desk  app_z0dbcZuZwCGKst5CCiekGVPbJfl       Support Desk (staging)  active",
        "  staging-logistics     app_b5N1CCbl00cQfbcHGhSxv5K8iOx       Logistics (staging)     active",
        "  dev-playground        app_Ayu3zY3ntljCUnPH4zuClfFHLUu       Playground              active",
        "  acme-dental           app_n5VzSKmr6LfaWCbkCmb7GzMbgEZ       Acme Dental             active",
        "  globex-hr             app_vRHCaBJDGY3gSCwcFwyPf6MlWXQ       Globex HR               active", "13 apps",
        "sandbox> ‸",
      ]),
    Interaction(
      "The webhooks", before: inWebhook, "show webhooks" + Keys.enter,
      sees: [
        "    app     webhook                url                    events",
        "1*  my-app  a0eebc99-9…b9bd380a11  https://ol…p/messages  MESSAGE_CREATED +1",
        "2   my-app  eb2d8390-2…985d10fb70  https://ol…app/status  MESSAGE_SENT +1",
        "3   my-app  d1ea8ee7-d…7855138575  https://ol…pp/inbound  MESSAGE_CREATED",
        "3 webhooks (* selected)", "sandbox my-app/a0eebc99> ‸",
      ],
      wide: [
        "    app     webhook                               url                                      events",
        "1*  my-app  a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11  https://old.example.com/my-app/messages  MESSAGE_CREATED, MESSAGE_DELIVERED",
        "2   my-app  eb2d8390-2244-4960-a30c-14985d10fb70  https://old.example.com/my-app/status    MESSAGE_SENT, MESSAGE_DELIVERED",
        "3   my-app  d1ea8ee7-d01b-46f1-a8ea-887855138575  https://old.example.com/my-app/inbound   MESSAGE_CREATED",
        "3 webhooks (* selected)", "sandbox my-app/a0eebc99> ‸",
      ]),
    Interaction(
      "An edit", before: inWebhook, "add event MESSAGE_SENT" + Keys.enter,
      sees: ["staged on 1 webhook, 1 change to commit", "sandbox my-app/a0eebc99 *1> ‸"]),
    Interaction(
      "What is staged", before: inWebhook + ["add event MESSAGE_SENT"], "status" + Keys.enter,
      sees: [
        "selected: 1 app, 1 webhook", "staged: 1 webhook to update in 1 app", "  1  add event MESSAGE_SENT",
        "sandbox my-app/a0eebc99 *1> ‸",
      ]),
    Interaction(
      "Nothing is staged", "status" + Keys.enter,
      sees: ["selected: no apps, no webhooks", "nothing staged", "sandbox> ‸"]),
    Interaction(
      "Before and after", before: inWebhook + ["add event MESSAGE_SENT"], "diff" + Keys.enter,
      sees: [
        "my-app/a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "  + event   MESSAGE_SENT", "sandbox my-app/a0eebc99 *1> ‸",
      ]),
    Interaction(
      "As curl would send it", before: inWebhook + ["add event MESSAGE_SENT"], "show requests" + Keys.enter,
      sees: [
        "curl --request PUT --url 'http://127.0.0.1:PORT/v1/organization/apps/b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22/"
          + "webhooks/\(webhook)' --header \"Authorization: Bearer ${WH_API_KEY:?}\" --header 'Accept: application/json' "
          + "--header 'Content-Type: application/json' "
          + #"--data '{"events":["MESSAGE_CREATED","MESSAGE_DELIVERED","MESSAGE_SENT"]}'"#,
        "sandbox my-app/a0eebc99 *1> ‸",
      ]),
    Interaction(
      "Dropping it", before: inWebhook + ["add event MESSAGE_SENT"], "rollback" + Keys.enter,
      sees: ["discarded 1 change", "sandbox my-app/a0eebc99> ‸"]),
    Interaction(
      "Sending it", before: inWebhook + ["add event MESSAGE_SENT"], "commit" + Keys.enter,
      sees: ["committed: 1 updated (run 1)", "sandbox my-app/a0eebc99> ‸"]),
    Interaction("Nothing to send", "commit" + Keys.enter, sees: ["nothing to commit", "sandbox> ‸"]),
    Interaction(
      "Taking it back", before: inWebhook + ["add event MESSAGE_SENT", "commit"], "undo" + Keys.enter,
      sees: ["staged the undo of run 1: 1 change to commit", "sandbox my-app/a0eebc99 *1> ‸"]),
    Interaction(
      "What is as expected", before: inWebhook, "expect event MESSAGE_CREATED" + Keys.enter,
      sees: ["1 webhook is as expected", "sandbox my-app/a0eebc99> ‸"]),
    Interaction(
      "What is not", before: inWebhook, "expect event MESSAGE_SENT" + Keys.enter,
      sees: [
        "error[expectation-failed]: 1 of 1 webhook is not as expected", " --> prompt:1:1", "  |",
        "1 | expect event MESSAGE_SENT", "  | ^^^^^^^^^^^^^^^^^^^^^^^^^",
        "  = my-app/a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11: events = MESSAGE_CREATED,", "    MESSAGE_DELIVERED",
        "sandbox my-app/a0eebc99> ‸",
      ],
      wide: [
        "  = my-app/a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11: events = MESSAGE_CREATED, MESSAGE_DELIVERED",
        "sandbox my-app/a0eebc99> ‸",
      ]),
    Interaction(
      "A secret header", before: inWebhook + ["set header Authorization hunter22"], "diff" + Keys.enter,
      sees: [
        "my-app/a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "  + header  Authorization: ••••",
        "sandbox my-app/a0eebc99 *1> ‸",
      ]),
    Interaction(
      "A deletion is asked about", before: inWebhook + ["delete webhook"], "commit" + Keys.enter,
      sees: ["This deletes 1 webhook. Continue? [y/N] ‸"]),
    Interaction(
      "Quitting with staged edits asks for confirmation", before: inWebhook + ["add event MESSAGE_SENT"],
      "quit" + Keys.enter,
      sees: ["1 staged change is not committed. Discard it and quit? [y/N] ‸"]),
    Interaction(
      "An option", "config jobs" + Keys.enter,
      sees: ["jobs = 8  maximum number of concurrent requests, 1 to 64", "sandbox> ‸"]),
    Interaction(
      "A variable", before: ["let host = new.example.com"], "echo https://${host}" + Keys.enter,
      sees: ["https://new.example.com", "sandbox> ‸"]),
    Interaction(
      "Help on a statement", "help clear headers" + Keys.enter,
      sees: [
        "clear headers", "  Remove all custom headers from the selected webhooks.",
        "  Also allowed after a selection: `webhook SELECTION clear headers`.", "", "    clear headers", "sandbox> ‸",
      ]),
  ]
}
