import WhTestSupport

extension Interaction {
  private static let key = Keys.control("x") + Keys.control("e")
  private static let two = ["EDITOR": "sed -i s/one/two/"]

  /// The user's editor.
  static let editor: [Interaction] = [
    Interaction(
      "Ctrl-X Ctrl-E edits the line, and waits", "echo one" + key, sees: ["sandbox> echo two‸"], environment: two),
    Interaction(
      "Keys that were typed ahead do not reach the editor", "echo one" + key + Keys.enter,
      sees: ["error: the line was not edited: something was typed ahead", "sandbox> echo one‸"], environment: two),
    Interaction(
      "An empty line gives the last one", before: ["echo one"], key, sees: ["one", "sandbox> echo two‸"],
      environment: two),
    Interaction(
      "`edit` does so too", before: ["echo one"], "edit" + Keys.enter,
      sees: ["one", "sandbox> edit", "sandbox> echo two‸"], environment: two),
    Interaction(
      "A line of several", before: ["echo one \\", "three"], key,
      sees: ["one three", "sandbox> echo two \\", "three‸"],
      environment: two),
    Interaction(
      "A statement that goes on is edited as a whole", before: ["echo one \\"], "three" + key,
      sees: ["sandbox> echo two \\", "three‸"], environment: two),
    Interaction("The first line ever", key, sees: ["sandbox> echo new‸"], environment: ["EDITOR": "echo echo new >"]),
    Interaction(
      "Several lines come back as a paste", "x" + key, sees: ["sandbox> echo a", "echo b‸"],
      environment: ["EDITOR": #"printf 'echo a\r\necho b\n\n' >"#]),
    Interaction(
      "VISUAL comes before EDITOR", "x" + key, sees: ["sandbox> visual‸"],
      environment: ["VISUAL": "echo visual >", "EDITOR": "echo editor >"]),
    Interaction(
      "One that is empty does not count", "x" + key, sees: ["sandbox> editor‸"],
      environment: ["VISUAL": "", "EDITOR": "echo editor >"]),
    Interaction(
      "An editor that fails leaves the line", "echo one" + key,
      sees: ["error: the line was not edited: the editor `false` exited with status 1", "sandbox> echo one‸"],
      environment: ["EDITOR": "false"]),
    Interaction(
      "So does one that is not there", "echo one" + key,
      sees: [
        "error: the line was not edited: the editor `none-such` can't be started: set VISUAL or EDITOR",
        "sandbox> echo one‸",
      ],
      environment: ["EDITOR": "none-such"]),
    Interaction(
      "So does one that saves what is no text", "echo one" + key,
      sees: ["error: the line was not edited: what the editor saved is not UTF-8", "sandbox> echo one‸"],
      environment: ["EDITOR": #"printf '\377' >"#]),
    Interaction(
      "So does one that removes the file", "echo one" + key,
      sees: ["error: the line was not edited: No such file or directory", "sandbox> echo one‸"],
      environment: ["EDITOR": "rm"]),
    Interaction(
      "`edit` says it as other statements do", before: ["echo one"], "edit" + Keys.enter,
      sees: [
        "error[command-failed]: the line was not edited: the editor `false` exited with", "status 1", " --> prompt:1:1",
        "  |", "1 | edit", "  | ^^^^", "sandbox> ‸",
      ],
      wide: [
        "error[command-failed]: the line was not edited: the editor `false` exited with status 1", " --> prompt:1:1",
        "  |", "1 | edit", "  | ^^^^", "sandbox> ‸",
      ],
      environment: ["EDITOR": "false"]),
    Interaction(
      "Lines that were typed ahead do not reach the editor", before: ["echo one"], "edit\recho three\r",
      sees: [
        "error[command-failed]: the line was not edited: something was typed ahead", " --> prompt:1:1", "  |",
        "1 | edit", "  | ^^^^", "note: not run: `echo three`", "sandbox> ‸",
      ], environment: two),
    Interaction(
      "A line with a secret is not opened again", before: ["echo one", "set heder X 'Bearer abcdefgh1'"], key,
      sees: ["sandbox> echo two‸"], environment: two),
    Interaction(
      "T10: an editor's name", "vim" + Keys.enter,
      sees: ["1 | vim", "  | ^^^ use `edit`, or press Ctrl-X Ctrl-E", "sandbox> ‸"]),
    Interaction(
      "A plain terminal edits too", before: ["echo one"], "edit" + Keys.enter,
      sees: ["sandbox> edit", "sandbox> echo two"],
      environment: two.merging(["TERM": "dumb", "VISUAL": "false"]) { $1 }),
  ]

  private static let undo = Keys.control("_")
  private static let alt = Keys.escape + "."

  static let undoing: [Interaction] = [
    Interaction("Ctrl-_", "echo one two" + undo, sees: ["sandbox> echo one ‸"]),
    Interaction("Ctrl-_ twice", "echo one two" + undo + undo, sees: ["sandbox> echo ‸"]),
    Interaction("Ctrl-X Ctrl-U", "echo one" + Keys.control("x") + Keys.control("u"), sees: ["sandbox> echo ‸"]),
    Interaction(
      "Ctrl-_ brings back what Ctrl-U took", "echo one" + Keys.control("u") + undo, sees: ["sandbox> echo one‸"]),
    Interaction("Ctrl-_ after Tab", "us" + Keys.tab + undo, sees: ["sandbox> us‸"]),
    Interaction(
      "Ctrl-_ after Up", before: ["echo one"], "x" + Keys.control("u") + Keys.up + undo, sees: ["sandbox> ‸"]),
    Interaction("Ctrl-_ after a paste", "a " + Keys.paste("b\nc") + undo, sees: ["sandbox> a ‸"]),
    Interaction("Ctrl-_ with nothing to undo", undo, sees: ["sandbox> ‸"], bells: 1),
    Interaction("Alt-.", before: ["echo one", "echo two"], "help " + alt, sees: ["sandbox> help two‸"]),
    Interaction("Alt-. again", before: ["echo one", "echo two"], "help " + alt + alt, sees: ["sandbox> help one‸"]),
    Interaction("Alt-. past the oldest", before: ["echo one"], alt + alt, sees: ["sandbox> one‸"], bells: 1),
    Interaction(
      "Alt-. takes a quoted word whole", before: ["echo 'a b'"], "echo " + alt, sees: ["sandbox> echo 'a b'‸"]),
    Interaction("Alt-. and undo", before: ["echo one"], "echo " + alt + undo, sees: ["sandbox> echo ‸"]),
  ]

  private static let conflicts = ["skip       current", "stop", "overwrite"]

  static let menus: [Interaction] = [
    Interaction(
      "Tab twice opens a menu", "config conflicts " + Keys.tab + Keys.tab,
      sees: ["sandbox> config conflicts skip‸"] + conflicts),
    Interaction(
      "Tab goes on in it", "config conflicts " + Keys.tab + Keys.tab + Keys.tab,
      sees: ["sandbox> config conflicts stop‸"] + conflicts),
    Interaction(
      "Shift-Tab goes back", "config conflicts " + Keys.tab + Keys.tab + "\u{1B}[Z",
      sees: ["sandbox> config conflicts overwrite‸"] + conflicts),
    Interaction(
      "So do the arrows", "config conflicts " + Keys.tab + Keys.tab + Keys.down + Keys.down + Keys.up,
      sees: ["sandbox> config conflicts stop‸"] + conflicts),
    Interaction(
      "Enter takes it, and does not run it", "config conflicts " + Keys.tab + Keys.tab + Keys.tab + Keys.enter,
      sees: ["sandbox> config conflicts stop ‸"]),
    Interaction(
      "Another Enter runs it", "config conflicts " + Keys.tab + Keys.tab + Keys.tab + Keys.enter + Keys.enter,
      sees: ["sandbox> config conflicts stop", "conflicts = stop", "sandbox> ‸"]),
    Interaction(
      "A letter takes it and goes on", "on error " + Keys.tab + Keys.tab + "; e",
      sees: ["sandbox> on error continue; e‸"]),
    Interaction(
      "Ctrl-G goes back to what was typed", "config conflicts " + Keys.tab + Keys.tab + Keys.control("g"),
      sees: ["sandbox> config conflicts ‸"]),
    Interaction(
      "So does Escape", "config conflicts " + Keys.tab + Keys.tab + Keys.tab + Keys.escape,
      sees: ["sandbox> config conflicts ‸"]),
    Interaction(
      "A menu in columns", "on error " + Keys.tab + Keys.tab + Keys.right,
      sees: ["sandbox> on error stop‸", "continue  stop"]),
    Interaction(
      "A menu in the middle of a line",
      "use x; echo" + Keys.control("a") + Keys.right + Keys.right + Keys.right + Keys.right
        + Keys.tab + Keys.tab,
      sees: [
        "sandbox> use app‸x; echo", "app      Select the apps that the following statements apply to.",
        "profile  Switch to the server and key of another profile.",
      ]),
    Interaction(
      "A menu of events", before: ["use app my-app; webhook a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"],
      "remove event " + Keys.tab + Keys.tab + Keys.tab + Keys.tab,
      sees: [
        "sandbox my-app/a0eebc99> remove event MESSAGE_DELIVERED‸", "MESSAGE_CREATED    MESSAGE_DELIVERED",
      ]),
    Interaction(
      "Hints are gone while it is open", "on error " + Keys.tab + Keys.tab,
      sees: ["sandbox> on error continue‸", "continue  stop"], isDecorated: true),
    Interaction(
      "A plain terminal lists again", "on error " + Keys.tab + Keys.tab,
      sees: ["continue  stop", "sandbox> on error", "continue  stop", "sandbox> on error"],
      environment: ["TERM": "dumb"]),
    Interaction(
      "The linux console has it too", "on error " + Keys.tab + Keys.tab,
      sees: ["sandbox> on error continue‸", "continue  stop"], environment: ["TERM": "linux"]),
    Interaction(
      "So have tmux and vt100", "on error " + Keys.tab + Keys.tab + Keys.tab,
      sees: ["sandbox> on error stop‸", "continue  stop"], environment: ["TERM": "vt100"]),
  ]
}
