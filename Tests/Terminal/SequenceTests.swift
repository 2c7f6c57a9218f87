import Testing
import WhTestSupport

/// T9: what keys send that libedit has no meaning for.
@Suite("Keys with sequences")
struct SequenceTests {
  private static let terms = ["xterm-256color", "tmux-256color", "linux", "vt100", "dumb"]

  /// A sequence within "one two|", and the line with an X typed after it.
  private static let meanings: [(String, String)] = [
    // Ctrl, Alt and Shift with arrows, as xterm, rxvt, PuTTY and tmux send them.
    ("\u{1B}[1;5D", "one Xtwo"), ("\u{1B}[1;3D", "one Xtwo"), ("\u{1B}[1;2D", "one twXo"), ("\u{1B}Od", "one Xtwo"),
    ("\u{1B}[d", "one twXo"), ("\u{1B}\u{1B}[D", "one Xtwo"), ("\u{1B}[1;6D", "one Xtwo"), ("\u{1B}[1;9D", "one twXo"),
    ("\u{1}\u{1B}[1;5C", "oneX two"), ("\u{1}\u{1B}[1;3C", "oneX two"), ("\u{1}\u{1B}Oc", "oneX two"),
    ("\u{1}\u{1B}[1;2C", "oXne two"), ("\u{1}\u{1B}\u{1B}[C", "oneX two"),
    // Home and End.
    ("\u{1B}[H", "Xone two"), ("\u{1B}OH", "Xone two"), ("\u{1B}[1~", "Xone two"), ("\u{1B}[7~", "Xone two"),
    ("\u{1B}[1;5H", "Xone two"), ("\u{1}\u{1B}[F", "one twoX"), ("\u{1}\u{1B}OF", "one twoX"),
    ("\u{1}\u{1B}[4~", "one twoX"), ("\u{1}\u{1B}[8~", "one twoX"), ("\u{1}\u{1B}[1;2F", "one twoX"),
    // Delete.
    ("\u{1}\u{1B}[3~", "Xne two"), ("\u{1}\u{1B}[3;2~", "Xne two"), ("\u{1}\u{1B}[3;5~", "X two"),
    ("\u{1}\u{1B}[3^", "X two"), ("\u{1}\u{1B}[3;3~", "X two"),
  ]

  /// Insert, the Page keys, function keys, Shift-Tab, focus, reports, and what no key sends.
  private static let unknown = [
    "\u{1B}[2~", "\u{1B}[5~", "\u{1B}[6~", "\u{1B}[5;5~", "\u{1B}OP", "\u{1B}OS", "\u{1B}[15~", "\u{1B}[24~",
    "\u{1B}[24;2~", "\u{1B}[[A", "\u{1B}[[E", "\u{1B}[Z", "\u{1B}[I", "\u{1B}[O", "\u{1B}[27;5;9~", "\u{1B}[13;2u",
    "\u{1B}[?1;2c", "\u{1B}[12;40R", "\u{1B}[1;2P", "\u{1B}[34h", "\u{1B}[99999999999~",
  ]

  @Test("T9: a known one moves or deletes, on any terminal", arguments: meanings, terms)
  func known(pair: (keys: String, line: String), term: String) async throws {
    let probe = try await Probe.start(environment: ["TERM": term])
    try await probe.enter("one two" + pair.keys + "X", expecting: pair.line)
  }

  /// What is typed as one letter has the number of that key in libedit.
  @Test("T9: Alt-X opens no other prompt, and a letter of that number is typed")
  func command() async throws {
    let probe = try await Probe.start()
    for (keys, line) in [("a\u{1B}xb", "ab"), ("a\u{1B}Xb", "ab"), ("aøb", "aøb"), ("aØb", "aØb")] {
      try await probe.enter(keys, expecting: line)
    }
  }

  @Test("T9: an unknown one is swallowed whole", arguments: terms)
  func swallowed(term: String) async throws {
    let probe = try await Probe.start(environment: ["TERM": term])
    for keys in Self.unknown { try await probe.enter("a" + keys + "b", expecting: "ab") }
  }

  @Test("T9: vi mode swallows them too", arguments: unknown)
  func inVi(keys: String) async throws {
    let probe = try await Probe.start(editrc: "bind -v\n")
    try await probe.enter("a" + keys + "b", expecting: "ab")
  }

  @Test(
    "A meaning in the user's .editrc wins",
    arguments: [
      (#"bind "\e[5~" ed-move-to-beg"#, "one\u{1B}[5~X", "Xone"),
      (#"bind "\e[1;5D" ed-move-to-beg"#, "a b\u{1B}[1;5DX", "Xa b"),
      (#"bind "\e[15~" ed-delete-prev-char"#, "abc\u{1B}[15~", "ab"),
    ])
  func editrc(line: String, keys: String, result: String) async throws {
    let probe = try await Probe.start(editrc: line + "\n")
    try await probe.enter(keys, expecting: result)
  }

  @Test("T20: Ctrl-L clears the screen in vi mode")
  func clearInVi() async throws {
    let probe = try await Probe.start(editrc: "bind -v\n")
    try await probe.enter("one")
    probe.terminal.send("x" + Keys.control("l"))
    try await probe.terminal.wait("a clear screen") { $0.lines == ["probe> x"] }
  }

  @Test("Escape alone is a key, and a sequence may come in pieces")
  func pieces() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("one two" + Keys.escape)
    try await probe.terminal.wait(forCurrentLine: "probe> one two")
    // What was ESC before is a key with the next character: Alt-B.
    probe.terminal.send("b")
    try await probe.terminal.wait("the word's start") { $0.cursor.column == 11 }
    for piece in ["\u{1B}[", "1;", "5", "D"] { probe.terminal.send(piece) }
    try await probe.terminal.wait("the line's start") { $0.cursor.column == 7 }
  }
}
