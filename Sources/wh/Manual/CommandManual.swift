import WhDomain
import WhSession
import WhSystem

/// wh(1): the commands and options, as the parser of the command line describes them.
struct CommandManual {
  private let root: CommandInfo
  private let commands: [ManualCommand]
  /// Options of several commands, which are explained once.
  private let common: [CommandInfo.Argument]

  /// - Throws: an error of decoding, for a parser that describes itself otherwise.
  init() throws {
    root = try CommandInfo.wh()
    commands = ManualCommand.all(of: root)
    common = Self.common(root, commands)
  }

  func page(date: String) -> String {
    var page = ManualText("wh", section: 1, date: date, source: "wh \(Version.text)", title: "User Commands")
    page.section("Name")
    page.line(roff: "wh \\- " + Roff.escaped(Self.phrase(root.abstract ?? "")))
    page.section("Synopsis")
    page.line(roff: Roff.bold("wh") + " [" + Roff.italic("OPTION") + "]...")
    for command in commands { page.line(roff: command.synopsis) }
    addDescription(&page)
    page.section("Commands")
    for command in commands { add(command, &page) }
    page.section("Options")
    page.paragraph("Each command says which of these it takes. `wh` without a command takes those of `wh run` and:")
    let shared = Set(common.map(\.key))
    for option in root.shownArguments where !shared.contains(option.key) { add(option, &page) }
    page.paragraph("The options of several commands:")
    for option in common { add(option, &page) }
    addTables(&page)
    return page.text
  }

  // MARK: Sections

  private func addDescription(_ page: inout ManualText) {
    page.section("Description")
    page.paragraph(
      """
      `wh` works on the webhooks of a messaging service: a new host, renamed events, an additional header, for one app or for \
      thousands. Its language is described in `wh-language`(7).
      """)
    page.paragraph(Wh.introduction)
    page.paragraph(
      """
      Nothing is sent before `commit`. Before the first write, a journal on disk records the old and the new state of each \
      webhook: `wh resume` finishes a run that was stopped, and the statement `undo` reverts a run. `wh help COMMAND` shows the options \
      of a command.
      """)
  }

  private func add(_ command: ManualCommand, _ page: inout ManualText) {
    page.subsection(command.name)
    page.paragraph(command.info.abstract ?? "")
    if let discussion = command.info.discussion { page.paragraph(discussion) }
    let arguments = command.info.shownArguments
    let shared = Set(common.map(\.key))
    for argument in arguments where !shared.contains(argument.key) { add(argument, &page) }
    let others = arguments.filter { shared.contains($0.key) }.compactMap(\.typedNames.last)
      .filter { !Self.ofAll.contains($0) }
    if !others.isEmpty {
      page.paragraph("Also takes " + others.map { "`\($0)`" }.joined(separator: ", ") + ".")
    }
  }

  private func add(_ argument: CommandInfo.Argument, _ page: inout ManualText) {
    page.entry(roff: argument.term, argument.explanation)
  }

  private func addTables(_ page: inout ManualText) {
    page.section("Exit status")
    for line in HelpTopic.named("exit-codes")?.text.split(separator: "\n") ?? [] {
      let words = line.split(separator: " ", maxSplits: 1)
      page.entry("`\(words[0])`", Self.sentence(words.dropFirst().joined().drop { $0 == " " }))
    }
    page.section("Environment")
    for row in EnvironmentTable.rows { page.entry(row.variable, Self.sentence(row.meaning[...])) }
    page.section("Files")
    for (path, meaning) in Self.files { page.entry("`\(path)`", meaning) }
    page.section("Prompt")
    page.paragraph("The keys of the prompt, which `editrc`(5) describes further:")
    page.example(HelpTopic.named("keys")?.text ?? "")
    page.section("Examples")
    for (purpose, line) in Self.examples {
      page.paragraph(purpose)
      page.example(line)
    }
    page.section("See also")
    page.line(roff: ["wh-language(7)", "editrc(5)"].map(Self.reference).joined(separator: ", "))
    page.paragraph("The documentation of the package, such as in /usr/share/doc/wh.")
  }

  // MARK: Tables

  /// By the folders that an account without any `XDG_…` variable has.
  private static var files: [(path: String, meaning: String)] {
    let paths = Paths(Environment([:], account: "~"))
    return [
      (paths.configuration, "Profiles: servers, and where their keys come from. `wh profile add` writes it."),
      (paths.initScript, "Statements that each prompt begins with."),
      (
        paths.journal,
        "The journal of this machine: runs, the lock, and the ledger of migrations. Only you can read it."
      ),
      (paths.history, "The lines of the prompt, without those that may hold a secret."),
      (FilePath.folder(of: paths.names(ofProfile: "default")), "The names that Tab knows, a file for each profile."),
      (paths.sandbox, "The data of the sandbox."),
      ("~/.editrc", "Keys of the prompt."),
    ]
  }

  private static let examples: [(purpose: String, line: String)] = [
    ("Tries everything without a key and without a network, in a sandbox with demo data:", "wh --sandbox"),
    ("Shows what a script would change, and then does it:", "wh plan move-host.wh\nwh run move-host.wh"),
    ("Finishes a run that was stopped:", "wh resume"),
    (
      "Keeps a plan for a review, and does exactly that:",
      "wh plan move-host.wh --out move-host.plan\nwh apply move-host.plan"
    ),
    ("Counts the webhooks of all apps by host:", "wh -c 'use app *; show webhooks by host'"),
    (
      "Adds a profile whose key a command prints, and asks before each of its commits:",
      "wh profile add prod --key-command 'pass show wh/prod' --protected"
    ),
    ("Completes the command line in this shell:", "source <(wh completion bash)"),
  ]

  // MARK: Parts

  /// Options that are not worth a word with each command.
  private static let ofAll: Set = ["--help", "--version"]

  /// The options that stand in more than one command with the same explanation. Where one name has several, the most frequent.
  private static func common(_ root: CommandInfo, _ commands: [ManualCommand]) -> [CommandInfo.Argument] {
    let all = ([root] + commands.map(\.info)).flatMap(\.shownArguments).filter { !$0.isPositional }
    let counts = Dictionary(all.map { ($0.key, 1) }, uniquingKeysWith: +)
    var keys: [String: String] = [:]
    for option in all where counts[option.key, default: 0] > 1 {
      let name = option.typedNames.joined()
      if counts[option.key, default: 0] > keys[name].flatMap({ counts[$0] }) ?? 0 { keys[name] = option.key }
    }
    var seen: Set<String> = []
    return all.filter { keys[$0.typedNames.joined()] == $0.key && seen.insert($0.key).inserted }
  }

  /// A sentence as what follows a name: without its full stop, and in lower case.
  private static func phrase(_ sentence: String) -> String {
    let words = sentence.hasSuffix(".") ? sentence.dropLast() : sentence[...]
    return words.prefix(1).lowercased() + words.dropFirst()
  }

  private static func sentence(_ words: Substring) -> String { words.prefix(1).uppercased() + words.dropFirst() + "." }

  private static func reference(_ page: String) -> String {
    Roff.bold(page.prefix { $0 != "(" }) + page.drop { $0 != "(" }
  }
}
