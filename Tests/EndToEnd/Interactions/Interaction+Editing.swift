import WhTestSupport

extension Interaction {
  /// The keys of emacs, which are libedit's own.
  static let editing: [Interaction] = [
    Interaction("Typing", "show apps", sees: ["sandbox> show apps‸"]),
    Interaction("Left, and an insertion", "shw" + Keys.left + "o", sees: ["sandbox> sho‸w"]),
    Interaction("Right", "shw" + Keys.left + Keys.left + Keys.right + "o", sees: ["sandbox> sho‸w"]),
    Interaction("Backspace", "shoow" + Keys.left + Keys.backspace, sees: ["sandbox> sho‸w"]),
    Interaction("Ctrl-A", "apps" + Keys.control("a") + "show ", sees: ["sandbox> show ‸apps"]),
    Interaction("Ctrl-E", "show" + Keys.control("a") + Keys.control("e") + " apps", sees: ["sandbox> show apps‸"]),
    Interaction(
      "Ctrl-B and Ctrl-F", "abc" + Keys.control("b") + Keys.control("b") + Keys.control("f"), sees: ["sandbox> ab‸c"]),
    Interaction("Ctrl-D in a line", "abc" + Keys.control("a") + Keys.control("d"), sees: ["sandbox> ‸bc"]),
    Interaction(
      "Ctrl-K", "show apps" + Keys.control("a") + Keys.right + Keys.control("k"), sees: ["sandbox> s‸"]),
    Interaction("Ctrl-U", "show apps" + Keys.control("u") + "x", sees: ["sandbox> x‸"]),
    Interaction("Ctrl-W", "show apps" + Keys.control("w"), sees: ["sandbox> show ‸"]),
    Interaction(
      "Ctrl-Y", "one two" + Keys.control("w") + Keys.control("a") + Keys.control("y"), sees: ["sandbox> two‸one"]),
    Interaction("Ctrl-T", "ab" + Keys.control("t"), sees: ["sandbox> ba‸"]),
    Interaction("Alt-B", "one two" + Keys.escape + "b", sees: ["sandbox> one ‸two"]),
    Interaction("Alt-F", "one two" + Keys.control("a") + Keys.escape + "f", sees: ["sandbox> one‸ two"]),
    Interaction("Alt-D", "one two" + Keys.control("a") + Keys.escape + "d", sees: ["sandbox> ‸ two"]),
    Interaction("Alt-U", "one" + Keys.control("a") + Keys.escape + "u", sees: ["sandbox> ONE‸"]),
    Interaction("Wide characters", "日本語" + Keys.left + Keys.backspace, sees: ["sandbox> 日‸語"]),
    Interaction("An emoji", "a😀b" + Keys.left + Keys.left + "x", sees: ["sandbox> ax‸😀b"]),
    Interaction("Ctrl-C", "half" + Keys.control("c"), sees: ["sandbox> half^C", "sandbox> ‸"]),
    Interaction("Ctrl-L", before: ["echo hi"], "x" + Keys.control("l"), sees: ["sandbox> x‸"]),
    Interaction(
      "A line longer than the screen is wide", "echo " + String(repeating: "0123456789", count: 20) + Keys.control("a"),
      sees: ["sandbox> ‸echo " + String(repeating: "0123456789", count: 20)]),
    Interaction("A pasted tab completes nothing", Keys.paste("us\tapp"), sees: ["sandbox> us     app"]),
  ]

  static let history: [Interaction] = [
    Interaction("Up", before: ["echo one", "echo two"], Keys.up, sees: ["sandbox> echo two‸"]),
    Interaction("Up twice", before: ["echo one", "echo two"], Keys.up + Keys.up, sees: ["sandbox> echo one‸"]),
    Interaction(
      "Up and down", before: ["echo one", "echo two"], Keys.up + Keys.up + Keys.down, sees: ["sandbox> echo two‸"]),
    Interaction(
      "Ctrl-P and Ctrl-N", before: ["echo one", "echo two"],
      Keys.control("p") + Keys.control("p") + Keys.control("n"), sees: ["sandbox> echo two‸"]),
    Interaction(
      "Ctrl-N on a new line", before: ["echo one"], "zed" + Keys.control("n"), sees: ["sandbox> zed‸"], bells: 1),
    Interaction(
      "Up past the oldest", before: ["echo one"], Keys.up + Keys.up, sees: ["sandbox> echo one‸"], bells: 1),
    Interaction(
      "A line that was begun comes back", before: ["echo one"], "ec" + Keys.up + Keys.down, sees: ["sandbox> ec‸"]),
    Interaction(
      "T20: Up finds lines that begin so", before: ["echo one", "show config jobs", "echo two", "show config pager"],
      "echo" + Keys.up + Keys.up, sees: ["sandbox> echo one‸"]),
    Interaction(
      "T20: Up rings where none does", before: ["echo one"], "half" + Keys.up, sees: ["sandbox> half‸"], bells: 1),
    Interaction(
      "A line that begins with a space is forgotten", before: ["echo one", " echo two"], Keys.up,
      sees: ["sandbox> echo one‸"]),
    Interaction(
      "The same line twice is one", before: ["echo one", "echo two", "echo two"], Keys.up + Keys.up,
      sees: ["sandbox> echo one‸"]),
    Interaction(
      "Ctrl-R finds", before: ["echo one", "show config jobs", "echo two"], Keys.control("r") + "one",
      sees: ["sandbox> echo one", "bck:one"]),
    Interaction(
      "Ctrl-R again finds an earlier one", before: ["echo a1", "echo a2"], Keys.control("r") + "a" + Keys.control("r"),
      sees: ["sandbox> echo a1", "bck:a"]),
    Interaction(
      "Enter runs what Ctrl-R found", before: ["echo found", "echo two"], Keys.control("r") + "fou" + Keys.enter,
      sees: ["sandbox> echo found", "found", "sandbox> ‸"]),
    Interaction(
      "A line of several is one entry", before: ["echo one \\", "two"], Keys.up, sees: ["sandbox> echo one \\", "two‸"]),
  ]
}
