import ArgumentParser
import Foundation
import WhDomain
import WhJournal
import WhMigrations
import WhSession
import WhShell
import WhSystem

/// `wh completion bash|zsh|fish`
struct CompletionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion", abstract: "Print a script that completes the command line in a shell.",
    discussion: """
      For bash, add `source <(wh completion bash)` to ~/.bashrc. For zsh, add `source <(wh completion zsh)` to ~/.zshrc, \
      after `compinit`. For fish, write the script to ~/.config/fish/completions/wh.fish.
      """)

  @Argument(help: "The shell.")
  var shell: CompletionScript

  func run() throws {
    let console = Console.standard(.auto, Redactor())
    console.print(shell.text)
    try ExitStatus.exit(ifUnwritten: console)
  }
}

extension CompletionScript: ExpressibleByArgument {}

/// `wh complete`: what the scripts ask; not listed. It reads the configuration and the journal, and never connects.
struct CompleteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "complete", abstract: "Print what the last word may become.", shouldDisplay: false)

  /// `--line LINE`, of which the first word is the program, or the words after the program, of which the last is completed.
  @Argument(parsing: .captureForPassthrough)
  var words: [String] = []

  func run() async throws {
    var words = words
    if words.count == 2, words[0] == "--line" {
      let line = ShellWords(words[1])
      words = line.words.dropFirst() + [line.last]
    }
    let runs = await Self.runs()
    let statements = StatementCompletion(runs: runs)
    let names = CommandLineCompleter.Names(
      profiles: Self.profiles, runs: { runs.map(CommandLineCompletion.Candidate.init) },
      migrations: { folder in
        Folder.list(folder).filter { !$0.isFolder && ScriptName.isScript($0.name) }.map(\.name).sorted()
      }, statements: statements.candidates)
    let completer = CommandLineCompleter(try CommandDescription.wh(), names)
    let console = Console.standard(.auto, Redactor())
    console.print(completer.complete(words.last ?? "", after: Array(words.dropLast())).text)
    try ExitStatus.exit(ifUnwritten: console)
  }

  @Sendable private static func profiles() -> [CommandLineCompletion.Candidate] {
    let profiles = (try? ConfigurationFile(ThisProcess.paths.configuration).load())?.profiles ?? [:]
    let servers = profiles.mapValues { ServerURL.withoutUser($0.baseURL ?? "") }
      .merging([Configuration.sandbox: "the embedded sandbox"]) { own, _ in own }
    return servers.sorted { $0.key < $1.key }.map { CommandLineCompletion.Candidate($0.key, help: $0.value) }
  }

  /// The newest first; none of a journal that is not on this machine.
  private static func runs() async -> [WhJournal.Run] {
    guard case .file(let path) = try? Journals(SessionArguments()).location(),
      let journal = try? Journal.open(toRead: path),
      let runs = try? await journal.runs(profile: nil)
    else { return [] }
    return Array(runs.prefix(50))
  }
}

extension CommandLineCompletion.Candidate {
  fileprivate init(_ run: WhJournal.Run) {
    self.init(
      String(run.number),
      help: "\(run.metadata.startedAt), \(run.metadata.profile), \(run.metadata.script ?? "prompt")")
  }
}
