import WhSyntax

extension Synonyms {
  /// Words that people bring along from shells, SQL, psql, git and Terraform.
  package static let standard = Synonyms(table)

  private static let table: [String: String] = {
    var table: [String: String] = [:]
    for (advice, words) in groups {
      for word in words { table[word] = advice }
    }
    return table
  }()

  private static let groups: [(advice: String, words: [String])] = [
    ("use `quit`, or press Ctrl-D", ["\\q", "bye", "logout", "close", "q"]),
    ("use `help`", ["?", "\\?", "\\h", "man", "usage", "commands"]),
    ("use `show webhooks`, or `show apps`", ["ls", "ll", "list", "dir", "\\d", "\\dt"]),
    ("use `show apps`", ["apps", "\\l", "tenants"]),
    ("use `show webhooks`", ["webhooks", "hooks"]),
    ("use `show events`", ["events"]),
    ("use `show runs`", ["runs", "log", "logs", "journal"]),
    ("use `show`", ["get", "cat", "view", "describe"]),
    ("use `show variables`", ["env", "vars", "variables", "printenv"]),
    ("use `show config`", ["settings", "options", "\\set"]),
    ("use `show requests`", ["curl", "requests"]),
    ("use `use app NAME`", ["app", "cd", "\\c", "switch", "select app"]),
    ("use `use profile NAME`", ["connect", "profile", "login"]),
    ("use `use app %`", ["use *"]),
    ("use `webhook where PREDICATE`", ["select", "find", "grep", "search", "filter", "where"]),
    (
      "use `set url URL`, or another edit: `help set`", ["update", "change", "modify", "alter", "put", "patch"]
    ),
    ("use `create webhook URL`", ["insert", "new", "post", "make", "add webhook", "new webhook"]),
    ("use `delete webhook`", ["rm", "del", "drop", "remove webhook"]),
    ("use `remove event`", ["delete event", "delete events", "drop event", "unset event", "unsubscribe"]),
    ("use `remove header`", ["delete header", "delete headers", "drop header", "unset header", "unset"]),
    ("use `add event`", ["subscribe"]),
    ("use `set header`", ["add header", "add headers", "create header"]),
    ("use `replace host`", ["move", "mv", "migrate"]),
    ("use `commit`", ["apply", "push", "send", "save", "deploy", "execute"]),
    ("use `rollback`", ["reset", "abort", "discard", "cancel"]),
    ("use `undo`", ["revert"]),
    ("use `diff`, or `show requests`", ["plan", "preview", "dry-run"]),
    ("use `dump`", ["export", "backup"]),
    (#"use `source "FILE"`"#, ["import", "include", "run", "load", "\\i", "."]),
    ("use `echo`", ["print", "say"]),
    ("use `refresh`", ["reload", "fetch", "pull", "sync"]),
    ("use `expect PREDICATE`", ["assert", "check", "verify", "test"]),
    (#"use `record "FILE"`"#, ["transcript", "tee", "spool"]),
    ("use `resume`, or `commit`", ["continue", "retry"]),
    ("use `history`", ["\\s"]),
    ("use `edit`, or press Ctrl-X Ctrl-E", ["\\e", "vi", "vim", "nano", "emacs", "editor"]),
    ("use `! COMMAND` to run a shell command", ["\\!", "shell", "sh"]),
    ("press Ctrl-L to clear the screen; `clear headers` removes headers", ["clear"]),
    ("press Ctrl-L to clear the screen", ["cls"]),
  ]
}
