import Testing
import WhTestSupport

@Suite("The editor at the prompt")
struct EditorTests {
  private let home: Home

  init() throws {
    home = try Home()
  }

  @Test("It gets no key, and a file that is the user's alone and is removed")
  func surroundings() async throws {
    try home.write(
      "editor",
      #"#!/bin/sh\#nenv >seen; stat -c %a "$1" "$(dirname "$1")" >modes; echo "$1" >name; echo echo done >"$1"\#n"#)
    let session = try await PromptSession(
      home, environment: ["EDITOR": "sh editor", "WH_API_KEY": Canary.written.text, "TMPDIR": home.work])
    try await session.type("x" + Keys.control("x") + Keys.control("e"), until: "sandbox> echo done")
    let seen = try home.bytes("work/seen")
    #expect(seen.contains("HOME=".utf8) && Canary.written.piece(in: seen) == nil)
    #expect(try home.text("work/modes") == "600\n700\n")
    let name = try home.text("work/name").split(separator: "\n").map(String.init)
    #expect(name.count == 1 && name[0].hasPrefix(home.work + "/wh."), "\(name)")
    let listed = try await session.enter(Keys.control("u") + "! ls -d wh.* || echo none", until: "sandbox>")
    #expect(listed.last == "none", "\(listed)")
  }

  @Test("A secret that is edited is in no history and no transcript")
  func secrets() async throws {
    let canary = Canary.written.text
    let session = try await PromptSession(home, environment: ["EDITOR": "sed -i s/more/most/"])
    try await session.enter("record kept.wh", until: "sandbox>")
    try await session.enter("use app my-app; webhook \(OneWebhook.webhook)", until: "sandbox my-app/a0eebc99>")
    let line = "set header Authorization 'Bearer \(canary)'; echo more"
    session.terminal.send(line + Keys.control("x") + Keys.control("e"))
    try await session.terminal.wait(for: "echo most")
    session.terminal.send(Keys.enter)
    try await session.terminal.wait("it to run") { $0.currentLine == "sandbox my-app/a0eebc99 *1>" }
    try await session.enter("record stop", until: "sandbox my-app/a0eebc99 *1>")
    for file in ["state/wh/history", "work/kept.wh"] {
      let bytes = try home.bytes(file)
      #expect(bytes.contains("use app my-app".utf8) && Canary.written.piece(in: bytes) == nil, "\(file)")
    }
  }

  @Test("Ctrl-C is the editor's, and the prompt comes back")
  func interrupt() async throws {
    try home.write(
      "editor",
      #"trap 'echo caught' INT; echo READY; while [ "$key" != q ]; do read key </dev/tty; done; echo echo saved >"$1""#)
    let session = try await PromptSession(home, environment: ["EDITOR": "sh editor"])
    session.terminal.send("x" + Keys.control("x") + Keys.control("e"))
    try await session.terminal.wait(for: "READY")
    session.terminal.send(Keys.control("c") + Keys.enter)
    try await session.terminal.wait(for: "caught")
    session.terminal.send("q" + Keys.enter)
    try await session.terminal.wait(forCurrentLine: "sandbox> echo saved")
  }

  @Test("`edit` is no line to edit, and what came back runs at Enter")
  func again() async throws {
    let session = try await PromptSession(home, environment: ["EDITOR": "sed -i s/one/two/"])
    try await session.enter("echo one", until: "sandbox>")
    for _ in 0..<2 {
      try await session.enter("edit", until: "sandbox> echo two")
      session.terminal.send(Keys.control("c"))
      try await session.terminal.wait(forCurrentLine: "sandbox>")
    }
    try await session.enter("edit", until: "sandbox> echo two")
    #expect(try await session.enter("", until: "sandbox>") == ["two"])
    #expect(try await session.enter("history 3", until: "sandbox>") == ["edit", "echo two", "history 3"])
  }

  @Test("Colours and undo work in what came back")
  func decorated() async throws {
    let session = try await PromptSession(home, environment: ["EDITOR": "echo use app x >", "NO_COLOR": ""])
    try await session.type("y" + Keys.control("x") + Keys.control("e"), until: "sandbox> use app x")
    try await session.terminal.wait("the colour of `use`") { $0.style(row: $0.cursor.row, column: 9) == "1;34" }
    // The space is there still, and so is what may follow it.
    try await session.type(" z" + Keys.control("_"), until: "sandbox> use app x APP | except | limit")
  }
}
