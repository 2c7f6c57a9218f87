import Testing

@testable import WhShell

@Suite("O14: shells complete the command line")
struct FaultsO14 {
  private static let root = CommandDescription(
    "wh",
    arguments: [
      ArgumentDescription(.option, ["-c"], isRepeating: true, value: .statements),
      ArgumentDescription(.option, ["--profile"], value: .profile),
      ArgumentDescription(.flag, ["--sandbox"]), ArgumentDescription(.flag, ["-h", "--help"]),
    ],
    subcommands: [
      CommandDescription(
        "run", help: "Run scripts.",
        arguments: [
          ArgumentDescription(.positional, isRepeating: true, value: .script),
          ArgumentDescription(.option, ["--report"], isRepeating: true, value: .keyedFile(["junit", "json"])),
          ArgumentDescription(.option, ["--var-file"], value: .keyedFile([])),
          ArgumentDescription(.option, ["--output"], value: .words(["text", "json"])),
          ArgumentDescription(.option, ["--shard"]), ArgumentDescription(.option, ["--transcript"], value: .file),
          ArgumentDescription(.flag, ["--quiet"]),
        ]),
      CommandDescription(
        "migrate",
        subcommands: [
          CommandDescription(
            "up",
            arguments: [
              ArgumentDescription(.positional, value: .folder),
              ArgumentDescription(.option, ["--to"], value: .migration),
            ])
        ]),
      CommandDescription(
        "runs",
        subcommands: [
          CommandDescription(
            "show",
            arguments: [
              ArgumentDescription(.positional, value: .run),
              ArgumentDescription(.option, ["--profile"], value: .profile),
            ]),
          CommandDescription("prune"),
        ], defaultSubcommand: "show"),
    ])

  private static let names = CommandLineCompleter.Names(
    profiles: { ["prod", "staging"].map { CommandLineCompletion.Candidate($0) } },
    runs: { [CommandLineCompletion.Candidate("12", help: "today")] },
    migrations: { $0 == "m" ? ["1-a.wh"] : $0 == "." ? ["here.wh"] : [] },
    statements: { text, given in
      let given = given.map { "\($0.name)=\($0.value ?? "")" }.joined(separator: ",")
      return [CommandLineCompletion.Candidate("\(text)<\(given)>")]
    })

  /// The words that may follow, each with a blank before, or the kind of files with what stands before and what was typed.
  private func complete(_ line: String) -> String {
    let line = ShellWords(line)
    let completion = CommandLineCompleter(Self.root, Self.names).complete(
      line.last, after: Array(line.words.dropFirst()))
    let path = completion.path.map { "\($0.files.rawValue) `\($0.lead)` `\($0.text)`" } ?? ""
    return path + completion.candidates.map { " " + $0.word }.joined()
  }

  static let lines: [(String, String)] = [
    ("wh ", " run migrate runs"), ("wh r", " run runs"), ("wh x", ""), ("wh -", " -c --profile --sandbox --help"),
    ("wh --p", " --profile"), ("wh --profile ", " prod staging"), ("wh --profile s", " staging"),
    ("wh --profile=p", " --profile=prod"), ("wh --profile prod ", " run migrate runs"),
    ("wh --sandbox ru", " run runs"),
    ("wh -c 'show apps' ", " run migrate runs"), ("wh -c ", " <>"), ("wh -c use", " use<>"),
    ("wh -c 'use app a", " use app a<>"),
    ("wh --profile p --sandbox -c a -c \"b c", " b c<--profile=p,--sandbox=,-c=a>"),
    ("wh --profile=p=q -c '", " <--profile=p=q>"),
    // Files.
    ("wh run ", "scripts `` ``"), ("wh run my", "scripts `` `my`"), ("wh run a.wh b", "scripts `` `b`"),
    ("wh run \"my sc", "scripts `` `my sc`"), ("wh run my\\ sc", "scripts `` `my sc`"),
    ("wh run -- -", "scripts `` `-`"),
    ("wh run --transcript t", "files `` `t`"), ("wh run --transcript=t/", "files `--transcript=` `t/`"),
    ("wh run --report ", " junit= json="), ("wh run --report ju", " junit="),
    ("wh run --report junit=", "files `junit=` ``"),
    ("wh run --report=js", " --report=json="), ("wh run --report=json=d/r", "files `--report=json=` `d/r`"),
    ("wh run --report junit=a --rep", " --report"), ("wh run --var-file tok", ""),
    ("wh run --var-file tok=~/", "files `tok=` `~/`"), ("wh run --var-file x=a=b", "files `x=` `a=b`"),
    ("wh migrate up ", "folders `` ``"), ("wh migrate up m --to ", " 1-a.wh"), ("wh migrate up --to ", " here.wh"),
    ("wh migrate up m --to=1", " --to=1-a.wh"), ("wh migrate up m x", ""),
    // Values and options.
    ("wh run --output ", " text json"), ("wh run --output=j", " --output=json"), ("wh run --shard ", ""),
    ("wh run --shard 1/2 ", "scripts `` ``"), ("wh run --quiet --qu", ""), ("wh run --quiet a.wh --out", " --output"),
    ("wh run --nonsense ", "scripts `` ``"), ("wh run --quiet=", ""),
    ("wh runs ", " 12 show prune"), ("wh runs 1", " 12"), ("wh runs p", " prune"),
    ("wh runs --profile ", " prod staging"),
    ("wh runs show ", " 12"), ("wh runs prune ", ""), ("wh runs 12 ", ""),
    ("wh migrate ", " up"), ("./build/wh run x", "scripts `` `x`"), ("wh", ""),
  ]

  @Test("O14: each word is completed by its place", arguments: lines)
  func places(line: String, expected: String) {
    #expect(complete(line) == expected)
  }

  @Test(
    "O14: a line is cut into words as a shell does",
    arguments: [
      ("a b c", ["a", "b"], "c"), ("a b ", ["a", "b"], ""), ("", [], ""), ("a 'b c' \"d e", ["a", "b c"], "d e"),
      ("a b\\ c", ["a"], "b c"), ("a '' ", ["a", ""], ""), ("a x\"y z\"w", ["a"], "xy zw"), ("a \\'", ["a"], "'"),
      ("a 'it'\\''s", ["a"], "it's"), ("a  \t b", ["a"], "b"), ("a b\\", ["a"], "b"), ("a 'x\\", ["a"], "x\\"),
    ])
  func words(line: String, words: [String], last: String) {
    let result = ShellWords(line)
    #expect(result.words == words && result.last == last)
  }

  @Test("O14: a name with a line end or a tab in it can't be taken for another line")
  func text() {
    var completion = CommandLineCompletion()
    completion.candidates = [
      CommandLineCompletion.Candidate("a", help: "help"), CommandLineCompletion.Candidate("b\nc"),
      CommandLineCompletion.Candidate("d"),
    ]
    #expect(completion.text == "words\t\t\na\thelp\nd\n")
    completion.path = CommandLineCompletion.Path(files: .scripts, lead: "junit=", text: "a b")
    #expect(completion.text.hasPrefix("scripts\tjunit=\ta b\n"))
  }

  @Test("O14: what was typed is told, and a name with a tab or a text with a line end is left out")
  func typed() {
    #expect(
      CommandLineCompleter(Self.root, Self.names).complete("ru", after: []).text.hasPrefix("words\t\tru\nrun\tRun"))
    #expect(
      CommandLineCompleter(Self.root, Self.names).complete("use app", after: ["-c"]).text
        == "statements\t\tuse app\nuse app<>\n")
    #expect(CommandLineCompleter(Self.root, Self.names).complete("a\nb", after: ["-c"]).text.isEmpty)
    var completion = CommandLineCompletion()
    completion.candidates = [CommandLineCompletion.Candidate("a\tb"), CommandLineCompletion.Candidate("c")]
    #expect(completion.text == "words\t\t\nc\n")
  }
}
