/// The environment variables of `wh`, as the manual lists them. docs/environment.md has the same table.
enum EnvironmentTable {
  struct Row {
    /// The names, in Markdown.
    let variable: String
    let meaning: String

    init(_ variable: String, _ meaning: String) {
      self.variable = variable
      self.meaning = meaning
    }
  }

  static let rows = [
    Row(
      "`WH_API_KEY`",
      "the key for the server in `--base-url` or `WH_BASE_URL`, by default the service; programs that `wh` starts don't get it"
    ),
    Row("`WH_BASE_URL`", "the server"),
    Row("`WH_PROFILE`", "the profile"),
    Row("`WH_JOURNAL`", "the url of a shared journal; programs that `wh` starts don't get it"),
    Row(
      "`PGHOST`, `PGPASSWORD`, `PGSERVICE` and others",
      "the server of a shared journal: those of libpq, also `PGPASSFILE` and `PGSSLMODE`, as every PostgreSQL client uses them"
    ),
    Row("`NO_COLOR`", "any value: no colour, unless `--color always` is given"),
    Row("`TERM`", "`dumb`: no colour, no line editing, no pager"),
    Row("`PAGER`", "the pager at the prompt, by default `less -FRX`; empty: no pager"),
    Row("`LESS`, `LV`", "options of these pagers, by default `FRX` and `-c`"),
    Row(
      "`VISUAL`, `EDITOR`", "the editor of `edit` and Ctrl-X Ctrl-E, by default `vi`; `VISUAL` not if `TERM` is `dumb`"),
    Row(
      "`LC_ALL`, `LC_CTYPE`, `LANG`",
      "the locale of the pager and other programs; `wh` itself writes UTF-8 in any locale"),
    Row("`PATH`", "where `less` is looked for, and what `\\| COMMAND` and key commands run with"),
    Row("`HOME`", "the folder of `.editrc`, of `~` in file names, and of the folders below"),
    Row("`XDG_CONFIG_HOME`", "the folder of `wh/config.toml` and `wh/init.wh`, by default `~/.config`"),
    Row(
      "`XDG_STATE_HOME`", "the folder of the journal, the history and the names for Tab, by default `~/.local/state`"),
    Row("`XDG_DATA_HOME`", "the folder of the sandbox, by default `~/.local/share`"),
    Row("`https_proxy`, `all_proxy`, `no_proxy`", "proxies, as curl uses them; never for a server on this machine"),
    Row("`SSL_CERT_FILE`", "certificates to trust in place of the system's"),
  ]
}
