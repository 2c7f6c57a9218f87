/// One statement of each form that the language has.
enum LanguageSamples {
  static let statements = [
    "use app *", "use app b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22", "use app my-app, prod-*", "use app a b c",
    "use app from \"ids.txt\"", "use app from ids.txt", "use app where status = active and slug ~ prod-*",
    "use profile sandbox", "webhook *", "webhook a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "webhook w1, w2 w3",
    "webhook from \"ids.txt\"", "webhook where event A", "webhook w1 set url https://example.com",
    "webhook * add event MESSAGE_SENT", "webhook where event A remove header X-A", "webhook from ids.txt clear headers",
    "show", "show apps", "show webhooks", "show events", "show runs", "show variables", "show config", "refresh",
    "status", "diff", "show requests", "commit", "rollback", "undo", "undo 7", "expect event A",
    "create webhook https://example.com", "create webhook https://example.com events MESSAGE_SENT, MESSAGE_CREATED",
    "delete webhook", "dump", "dump \"all.wh\"", "let x = 5", "source \"rename-events.wh\"", "echo", "echo a b c",
    "on error stop", "on error continue", "config jobs", "config jobs 16", "config output json",
    "config conflicts overwrite", "config recheck 0", "record \"session.wh\"", "record stop", "help", "help commit",
    "help rename event", "quit", "set url https://example.com/webhook", "replace url old with new",
    "set events MESSAGE_SENT, MESSAGE_CREATED", "set events MESSAGE_SENT MESSAGE_CREATED", "add event MESSAGE_SENT",
    "remove event MESSAGE_SENT, MESSAGE_CREATED", "rename event MESSAGE_CREATED to MESSAGE_SENT", "set header X-A v",
    "set header Authorization \"Bearer x\"", "remove header X-A, X-B", "clear headers",
    "set url https://hooks.example.com/${app.slug}/${app.id}/${app.name}/${webhook.id}",
    "expect not event A and url ~ https://x/* or header X-A = v and not (created < 2026-01-01 or updated > 2026-01-02)",
    "EXPECT URL != x", "expect id !~ w* and slug = s and name = n and status != active and header X-A",
  ]
}
