import ArgumentParser
import Foundation
import WhDomain
import WhJournal
import WhMigrations
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// `wh migrate status|plan|up|verify|baseline|new`
struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Apply a folder of scripts in order, each once per app.",
    subcommands: [Status.self, Plan.self, Up.self, Verify.self, Baseline.self, New.self])

  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Show which scripts are applied, and to how many apps.")

    @Argument(help: ArgumentHelp("The folder.", valueName: "dir"))
    var folder: String

    @Flag(
      name: .customLong("exit-code"),
      help: "Exit with 10 if a script is pending, with 1 if an applied one was edited or is missing.")
    var exitCode = false

    @OptionGroup var variables: VariableOptions
    @OptionGroup var connection: ConnectionOptions<OneProfile>
    @OptionGroup var requests: RequestOptions
    @OptionGroup var share: ShardOption
    @OptionGroup var screen: ScreenOptions

    func run() async throws {
      let result = try await Migrate.perform(
        folder, SessionArguments(variables, connection, requests, share, screen)
      ) { await $0.status() }
      if exitCode, result.isContradicted { throw ExitStatus.somethingFailed }
      if exitCode, result.isPending { throw ExitStatus.changesPlanned }
    }
  }

  struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "plan", abstract: "Print what `up` would change, without changing anything.")

    @Argument(help: ArgumentHelp("The folder.", valueName: "dir"))
    var folder: String

    @Option(help: ArgumentHelp("The last script to run.", valueName: "script"))
    var to: String?

    @Flag(name: .customLong("exit-code"), help: "Exit with 10 if there are changes.")
    var exitCode = false

    @OptionGroup var planFile: PlanFileOption
    @OptionGroup var variables: VariableOptions
    @OptionGroup var connection: ConnectionOptions<OneProfile>
    @OptionGroup var requests: RequestOptions
    @OptionGroup var share: ShardOption
    @OptionGroup var screen: ScreenOptions
    @OptionGroup var deletions: DeletionLimit
    @OptionGroup var reports: ReportArguments

    func validate() throws { try planFile.check(besides: reports) }

    func run() async throws {
      let (last, isKept) = (to, planFile.out != nil)
      let result = try await Migrate.perform(
        folder, SessionArguments(variables, connection, requests, share, screen, deletions), .plan,
        ("migrate plan", reports), planFile
      ) {
        isKept ? await $0.keptDryRun(to: last) : await $0.dryRun(to: last)
      }
      if exitCode, result.isPending { throw ExitStatus.changesPlanned }
    }
  }

  struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "up", abstract: "Run pending scripts in order; stop at the first failure.")

    @Argument(help: ArgumentHelp("The folder.", valueName: "dir"))
    var folder: String

    @Option(help: ArgumentHelp("The last script to run.", valueName: "script"))
    var to: String?

    @OptionGroup var variables: VariableOptions
    @OptionGroup var connection: ConnectionOptions<OneProfile>
    @OptionGroup var requests: RequestOptions
    @OptionGroup var share: ShardOption
    @OptionGroup var screen: ScreenOptions
    @OptionGroup var permission: PermissionOptions
    @OptionGroup var deletions: DeletionLimit
    @OptionGroup var time: TimeLimitOption
    @OptionGroup var lock: LockOption
    @OptionGroup var reports: ReportArguments

    func run() async throws {
      let last = to
      _ = try await Migrate.perform(
        folder,
        SessionArguments(variables, connection, requests, share, screen, permission, deletions, time, lock), .live,
        ("migrate up", reports)
      ) {
        await $0.up(to: last)
      }
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Run the `expect` statements of applied scripts; send no changes.")

    @Argument(help: ArgumentHelp("The folder.", valueName: "dir"))
    var folder: String

    @OptionGroup var variables: VariableOptions
    @OptionGroup var connection: ConnectionOptions<OneProfile>
    @OptionGroup var requests: RequestOptions
    @OptionGroup var share: ShardOption
    @OptionGroup var screen: ScreenOptions
    @OptionGroup var reports: ReportArguments

    func run() async throws {
      _ = try await Migrate.perform(
        folder, SessionArguments(variables, connection, requests, share, screen), .live, ("migrate verify", reports)
      ) {
        await $0.verify()
      }
    }
  }

  struct Baseline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "baseline", abstract: "Mark scripts up to one as applied without running them.")

    @Argument(help: ArgumentHelp("The last script to mark as applied.", valueName: "script"))
    var name: String

    @Argument(help: ArgumentHelp("The folder.", valueName: "dir"))
    var folder: String

    @OptionGroup var variables: VariableOptions
    @OptionGroup var connection: ConnectionOptions<OneProfile>
    @OptionGroup var screen: ScreenOptions

    func run() async throws {
      // Both orders are natural, and only one of the two can be a folder.
      let (name, folder) =
        FileInformation(self.name)?.isFolder == true ? (self.folder, self.name) : (self.name, self.folder)
      _ = try await Migrate.perform(folder, SessionArguments(variables, connection, screen)) {
        await $0.baseline(through: name)
      }
    }
  }

  struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "new", abstract: "Create a new numbered script.")

    @Argument(help: "A short description.")
    var name: String

    @Argument(help: ArgumentHelp("The folder.", valueName: "dir"))
    var folder: String = "."

    func run() async throws {
      let scripts = Folder.list(folder).filter { !$0.isFolder && ScriptName.isScript($0.name) }.map(\.name)
      let script: String
      do throws(ScriptNameProblem) {
        script = try ScriptName.new(name, after: scripts)
      } catch {
        if error == .noWords { throw ValidationError("The name must contain letters or digits.") }
        throw ExitStatus.fail(error.message)
      }
      let path = folder + "/" + script
      do throws(FileProblem) {
        try Folder.make(folder)
        // A folder with scripts may have been applied already, which `up` knows.
        let identity = folder + "/" + FolderIdentity.fileName
        if scripts.isEmpty, FileInformation(identity) == nil { _ = try Migrate.identify(folder, nil) }
        try FileWriter.write(path, Self.skeleton(name), mode: nil)
      } catch {
        throw ExitStatus.fail("`\(path)` can't be written: \(error.reason)", ExitStatus.unreadableFile)
      }
      let console = Console.standard(.auto, Redactor())
      console.print(Printable.escaped(path) + "\n")
      try ExitStatus.exit(ifUnwritten: console)
    }

    private static func skeleton(_ name: String) -> String {
      """
      # \(Printable.escaped(name))
      use app *
      webhook where event MESSAGE_SENT
      rename event MESSAGE_SENT to messages.sms.sent
      commit
      webhook *
      expect not event MESSAGE_SENT

      """
    }
  }

  /// Reads the folder, does the work with an interruption at hand, and ends with the code that it deserves.
  ///
  /// - Returns: the result of work that did not fail.
  private static func perform(
    _ path: String, _ options: SessionArguments, _ mode: Runtime.Mode = .live,
    _ reporting: (command: String, reports: ReportArguments)? = nil, _ planFile: PlanFileOption? = nil,
    _ work: @escaping @Sendable (Migrator) async -> MigrationResult
  ) async throws -> MigrationResult {
    let values = await VariableValues(reading: options.variables)
    let runtime = Runtime(
      options, values, SharedProcess(report: reporting?.reports.sink),
      mode: mode, isInteractive: false,
      script: ScriptIdentity(name: path, sha256: ""), finishCommand: "wh migrate up \(Quoter.word(path))")
    let limit = TimeLimit(options.timeLimit)
    let keep = { (planned: PlannedMigration, sources: [Source]) async throws in
      _ = try await planFile?.write(sources, values, runtime, migration: planned)
    }
    guard let reporting else { return try await perform(path, runtime, limit, keep, work) }
    try await reporting.reports.check(runtime)
    var result = MigrationResult()
    let sources = (try? ScriptFolder(path, isScript: ScriptName.isScript))?.sources ?? []
    try await reporting.reports.reporting(reporting.command, [path], sources, runtime) {
      result = try await perform(path, runtime, limit, keep, work)
    }
    return result
  }

  private static func perform(
    _ path: String, _ runtime: Runtime, _ limit: TimeLimit?,
    _ keep: (PlannedMigration, [Source]) async throws -> Void,
    _ work: @escaping @Sendable (Migrator) async -> MigrationResult
  ) async throws -> MigrationResult {
    try await runtime.checkStart()
    let folder = try await folder(path, runtime)
    let signals = runtime.listenForSignals()
    defer { withExtendedLifetime(signals) {} }
    let migrator = Migrator(
      folder, session: runtime.session, binder: runtime.runner.binder, scope: runtime.scope, runner: runtime.runner,
      identify: { known throws(FileProblem) in try identify(folder.path, known) })
    let result = await runtime.interruption.guarding(within: limit) {
      let result = await work(migrator)
      if let summary = await runtime.summary, result.failure == nil || !summary.plan.isEmpty {
        await runtime.runner.show(.summary(summary))
      }
      return result
    }
    await runtime.session.close()
    try ExitStatus.exit(after: RunnerResult(failure: result.failure), runtime.console)
    if let planned = result.planned { try await keep(planned, migrator.sources(of: planned)) }
    return result
  }

  private static func folder(_ path: String, _ runtime: Runtime) async throws -> MigrationFolder {
    let folder: ScriptFolder
    do throws(ScriptFolderProblem) {
      folder = try ScriptFolder(path, isScript: ScriptName.isScript)
    } catch {
      throw await runtime.fail(.unreadableFile, error.message, in: path, ExitStatus.unreadableFile)
    }
    return MigrationFolder(
      path: folder.path, identity: try await identity(of: folder.path, runtime), absolutePath: folder.absolutePath,
      sources: folder.sources)
  }

  private static func identity(of folder: String, _ runtime: Runtime) async throws -> FolderIdentity? {
    let file = folder + "/" + FolderIdentity.fileName
    guard FileInformation(file) != nil else { return nil }
    let bytes = try await runtime.bytes(of: file)
    do throws(FolderIdentityProblem) {
      return try FolderIdentity(file: bytes)
    } catch {
      throw await runtime.fail(.unreadableFile, "`\(file)` \(error.reason)", in: file, ExitStatus.unreadableFile)
    }
  }

  /// Writes the file of a folder's identity; of a new one where none is known.
  private static func identify(_ folder: String, _ known: FolderIdentity?) throws(FileProblem) -> FolderIdentity {
    let identity = known ?? FolderIdentity(random: (0..<16).map { _ in UInt8.random(in: .min ... .max) })
    try FileWriter.write(folder + "/" + FolderIdentity.fileName, identity.text, mode: nil)
    return identity
  }
}
