import Foundation
import Testing
import WhTestSupport

@Suite("O14: shells complete the command line")
struct FaultsO14 {
  private static func home() throws -> Home {
    let home = try Home()
    for name in [
      "my script.wh", "migrate.wh", "notes.txt", "it's.wh", "m/0001-a.wh", "m/0002-b.wh", "reports/old.xml",
      "a:1=b.wh", "x=y.wh",
    ] {
      try home.write(name, "")
    }
    try home.configure("[profiles.prod]\nkey_file = \"k\"\n[profiles.preview]\nkey_file = \"k\"\n")
    try FileManager.default.createSymbolicLink(
      atPath: home.path("home/wh"), withDestinationPath: BuiltProducts.path(of: "wh"))
    return home
  }

  private static func environment(_ home: Home) -> [String: String] { ["PATH": home.path("home") + ":/usr/bin:/bin"] }

  /// Lines with what bash is offered for their last word, in order. Where a `=` stands in the word, only what follows it is.
  static let lines: [(String, [String])] = [
    ("wh ru", ["run", "runs"]), ("wh run m", ["m", "migrate.wh", "my script.wh"]), ("wh run my\\ s", ["my script.wh"]),
    ("wh run \"my s", ["my script.wh"]), ("wh run n", ["notes.txt"]), ("wh check it", ["it's.wh"]),
    ("wh plan --profile p", ["preview", "prod"]), ("wh migrate up ", ["m", "reports"]),
    ("wh migrate up m --to 0002", ["0002-b.wh"]), ("wh run --report ht", ["html="]),
    ("wh run --report=junit=reports/", ["reports/old.xml"]), ("wh run --output=j", ["json"]),
    ("wh run --var-file token=no", ["notes.txt"]), ("wh run --shard ", []), ("wh resume ", []),
    ("wh completion ", ["bash", "fish", "zsh"]), ("wh profile remove pro", ["prod"]), ("wh profile add pro", []),
    ("wh runs pr", ["prune"]), ("wh sandbox --por", ["--port"]), ("wh --sandbox -c 'use pro", ["use profile"]),
    ("wh -c 'use app my; we", ["use app my; webhook"]), ("wh check a:1=", ["b.wh"]), ("wh check x=", ["y.wh"]),
  ]

  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

  /// The last word of a line as bash sees it: with its quote, and as what is completed of it.
  private static func lastWord(_ line: String) -> (raw: String, completed: String) {
    if let quote = line.firstIndex(where: { "'\"".contains($0) }) {
      return (String(line[quote...]), String(line[quote...].dropFirst()))
    }
    let hidden = line.replacing("\\ ", with: "\\_")
    let raw = line.suffix(hidden.reversed().prefix { $0 != " " }.count)
    return (String(raw), String(raw.suffix(raw.reversed().prefix { !"=:".contains($0) }.count)))
  }

  @Test("O14: bash is offered what fits, with the script that it gets")
  func bash() async throws {
    let home = try Self.home()
    var script = "source <(wh completion bash)\n"
    for (line, _) in Self.lines {
      // `compopt` works for a completion that is under way only, and is tried by the other test.
      script += "COMP_LINE=\(Self.quoted(line)); COMP_POINT=${#COMP_LINE}\n"
      let word = Self.lastWord(line)
      script += "COMP_WORDS=(\(Self.quoted(word.raw))); COMP_CWORD=0; _wh wh \(Self.quoted(word.completed))\n"
      script += "printf '%s\\n' \"${COMPREPLY[@]}\" | sort -u | paste -sd '|'\n"
    }
    try home.write("script.sh", script)
    let run = try await ChildLimit.shared.with {
      try await WhChild(
        home, ["--norc", "script.sh"], executable: "/bin/bash", environment: Self.environment(home)
      ).finished()
    }
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (index, (line, expected)) in Self.lines.enumerated() {
      #expect(lines.count > index && lines[index] == expected.joined(separator: "|"), "\(line): \(run.testDescription)")
    }
  }

  @Test("O14: at a terminal bash completes names of files with blanks and quotes, and forms of reports without a blank")
  func typing() async throws {
    let home = try Self.home()
    let terminal = try PseudoTerminal(
      "/bin/bash", ["--norc", "--noprofile", "-i"],
      environment: home.environment.merging(Self.environment(home)) { $1 }
        .merging(["PS1": "$ ", "TERM": "xterm", "BASH_SILENCE_DEPRECATION_WARNING": "1"]) { $1 },
      folder: home.work, rows: 24, columns: 100)
    try await terminal.wait(forCurrentLine: "$")
    terminal.send("source <(wh completion bash); PS1='ready> '" + Keys.enter)
    try await terminal.wait(forCurrentLine: "ready>")
    for (typed, completed) in [
      ("wh run my\t", "wh run my\\ script.wh"), ("wh check it\t", "wh check it\\'s.wh"),
      ("wh run --report jun\trep\to\t", "wh run --report junit=reports/old.xml"),
      ("wh migr\tu\tre\t", "wh migrate up reports/"),
      ("wh run \"my\t", "wh run \"my script.wh\""),
    ] {
      terminal.send(typed)
      try await terminal.wait(forCurrentLine: "ready> " + completed)
      // Not Ctrl-C: readline may not draw the prompt again after a signal that meets the end of a completion.
      terminal.send("\u{05}\u{15}")
      try await terminal.wait(forCurrentLine: "ready>")
    }
  }

  @Test("O14: each shell has a script, in its own syntax", arguments: ["bash", "zsh", "fish"])
  func scripts(shell: String) async throws {
    let home = try Self.home()
    let run = try await home.wh("completion", shell)
    #expect(run.exit == 0 && run.output.contains("complete"), "\(run.testDescription)")
    guard let path = ["/bin/", "/usr/bin/"].map({ $0 + shell }).first(where: FileManager.default.isExecutableFile)
    else {
      return
    }
    try home.write("script", run.output)
    let checked = try await ChildLimit.shared.with {
      try await WhChild(home, ["-n", "script"], executable: path).finished()
    }
    #expect(checked.exit == 0, "\(checked.testDescription)")
    #expect(try await home.wh("completion", "tcsh").exit == 64)
  }

  @Test("O14: completing reads nothing but the configuration and the journal, and never fails")
  func offline() async throws {
    let home = try Home()
    try home.configure("nonsense\n")
    for words in [
      ["run", ""], ["--profile", ""], ["runs", ""], [], ["--help"], ["run", "--version"], ["--key", "x"],
    ] {
      let run = try await home.wh(["complete"] + words, environment: ["WH_BASE_URL": "http://127.0.0.1:9"])
      #expect(run.exit == 0 && run.error.isEmpty, "\(run.testDescription)")
    }
    #expect(home.files == ["config/wh/config.toml"])
  }
}
