import ArgumentParser
import WhDomain
import WhJournal
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// `wh runs export RUN` and `wh runs import FILE`
extension Runs {
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write a run to a file, to be imported into another journal.",
      discussion: """
        With a passphrase the file is encrypted, and holds all that `resume` and `undo` need. Without one, secrets are left out \
        and named.
        """)

    @Argument(help: ArgumentHelp("The run to export.", valueName: "run"))
    var run: RunArgument

    @Option(help: ArgumentHelp("The file; default: standard output.", valueName: "file"))
    var out: String?

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var profile: ProfileFilter

    func run() async throws {
      let arguments = SessionArguments(profile)
      let runtime = Runtime(arguments, mode: .plan, isInteractive: false)
      let number = try await run.number(runtime)
      let passphrase = try await passphrase.bytes(runtime)
      try await Runs.read(Journals(arguments), runtime) { journal in
        guard let journal else { throw await runtime.fail(.unknownRun, "the journal has no run \(number)") }
        let found = try await Runs.find(number, in: journal, profile.name, runtime)
        guard found.state != .running else {
          throw await runtime.fail(.unknownRun, "run \(number) is in progress")
        }
        let file = RunFile(found, try await journal.allIntents(of: number))
        try await write(passphrase == nil ? hidden(file, runtime) : file, passphrase, runtime)
        if found.isUnfinished {
          note(
            "run \(number) is unfinished here too: give it up with `wh runs abandon \(number)` once it is imported",
            runtime)
        }
      }
      try ExitStatus.exit(ifUnwritten: runtime.console)
    }

    private func hidden(_ file: RunFile, _ runtime: Runtime) -> RunFile {
      let redactor = runtime.console.redactor
      redactor.learn(secretsOf: file.intents)
      let hidden = file.withoutSecrets { redactor.redact(value: $0) }
      let names = hidden.leftOut
      if !names.isEmpty {
        let more = names.count > 5 ? " and \(names.count - 5) more" : ""
        note("left out, because they are secrets: \(names.prefix(5).joined(separator: ", "))\(more)", runtime)
      }
      return hidden
    }

    private func note(_ text: String, _ runtime: Runtime) {
      runtime.console.printError("note: \(Printable.escaped(text))\n")
    }

    private func write(_ file: RunFile, _ passphrase: [UInt8]?, _ runtime: Runtime) async throws {
      let text: String
      do throws(RunFileProblem) {
        text = try file.text(tool: Version.text, passphrase: passphrase)
      } catch {
        throw await runtime.fail(.notAvailable, "the run \(error.reason)")
      }
      guard let out else { return runtime.console.print(text, isMasked: true) }
      try await runtime.write(text, to: out)
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Add a run from a file to the journal, as a new run.")

    @Argument(help: ArgumentHelp("The file that `export` wrote.", valueName: "exported"))
    var file: String

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var journal: JournalOption
    @OptionGroup var output: OutputOption

    func run() async throws {
      let arguments = SessionArguments(journal, output)
      let runtime = Runtime(arguments, mode: .plan, isInteractive: false)
      let run = try await read(runtime, try await passphrase.bytes(runtime))
      guard !run.lacksOpenSecrets else {
        throw await runtime.fail(
          .notAvailable, "`\(file)` has open changes whose secrets were left out: export the run with a passphrase",
          in: file)
      }
      do throws(JournalError) {
        let journal = try await Journals(arguments).location().open()
        let added = try await run.add(to: journal)
        await journal.close()
        await runtime.runner.show(
          .output(
            .text(
              "imported run \(run.number) as run \(added.number): "
                + "\(run.intents.count.counting("webhook")), \(added.openCount) open")))
      } catch {
        throw await runtime.fail(error)
      }
      try ExitStatus.exit(ifUnwritten: runtime.console)
    }

    private func read(_ runtime: Runtime, _ passphrase: [UInt8]?) async throws -> RunFile {
      let bytes = try await runtime.bytes(of: file)
      do throws(RunFileProblem) {
        return try RunFile(file: bytes, passphrase: passphrase)
      } catch {
        throw await runtime.fail(.unreadableFile, "`\(file)` \(error.reason)", in: file, ExitStatus.scriptErrors)
      }
    }
  }
}

/// Where a passphrase comes from; never the command line, which other users of the machine see.
struct PassphraseOptions: ParsableArguments {
  @Option(
    name: .customLong("passphrase-env"),
    help: ArgumentHelp("Encrypt with the passphrase in this environment variable.", valueName: "name"))
  var variable: String?

  @Option(
    name: .customLong("passphrase-file"),
    help: ArgumentHelp("Encrypt with the passphrase in the first line of a file.", valueName: "file"))
  var file: String?

  func validate() throws {
    if variable != nil, file != nil {
      throw ValidationError("--passphrase-env and --passphrase-file cannot be combined.")
    }
  }

  /// The passphrase; nil where none is asked for.
  ///
  /// - Throws: `ExitCode` for one that is missing or empty; what is wrong was shown then.
  func bytes(_ runtime: Runtime) async throws -> [UInt8]? {
    if let variable {
      guard let text = ThisProcess.environment[variable] else {
        throw await runtime.fail(
          .unknownVariable, "the environment variable `\(variable)` of --passphrase-env is not set, or empty",
          ExitStatus.wrongUsage)
      }
      return Array(text.utf8)
    }
    guard let file else { return nil }
    let bytes = try await runtime.bytes(of: file)
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard !line.isEmpty else {
      throw await runtime.fail(
        .emptyText, "the first line of `\(file)` is empty, and no passphrase", in: file, ExitStatus.wrongUsage)
    }
    return Array(line)
  }
}
