import ArgumentParser
import Foundation
import WhDomain
import WhMigrations
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// `wh migrate status|up|verify|baseline|new`
struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "A folder of scripts in order of name, each applied once to each app.",
    subcommands: [Status.self, Up.self, Verify.self, Baseline.self, New.self])

  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show which scripts were applied, and to how many apps.")

    @Argument(help: ArgumentHelp("The folder.", valueName: "dir"))
    var folder: String

    @Flag(name: .customLong("exit-code"), help: "Exit with 10 while any script is pending.")
    var exitCode = false

    @OptionGroup var options: SessionArguments

    func run() async throws {
      let (folder, options) = (folder, options)
      var isPending = false
      try await Migrate.perform(folder, options) { migrator in
        let (failure, pending) = await migrator.status()
        return (failure, pending)
      } then: {
        isPending = $0
      }
      if exitCode, isPending { throw ExitStatus.changesPlanned }
    }
  }

  struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run what is pending, in order; stop at the first failure, and go on from there next time.")

    @Argument(help: ArgumentHelp("The folder.", valueName: "dir"))
    var folder: String

    @Option(help: ArgumentHelp("The last script to run.", valueName: "name"))
    var to: String?

    @OptionGroup var options: SessionArguments

    @OptionGroup var reports: ReportArguments

    func run() async throws {
      let last = to
      try await Migrate.perform(folder, options, ("migrate up", reports)) { (await $0.up(to: last), false) }
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run the `expect` statements of what was applied; send nothing.")

    @Argument(help: ArgumentHelp("The folder.", valueName: "dir"))
    var folder: String

    @OptionGroup var options: SessionArguments

    @OptionGroup var reports: ReportArguments

    func run() async throws {
      try await Migrate.perform(folder, options, ("migrate verify", reports)) { (await $0.verify(), false) }
    }
  }

  struct Baseline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take the scripts up to one for applied, without running them.")

    @Argument(help: ArgumentHelp("The last script that counts as applied.", valueName: "name"))
    var name: String

    @Argument(help: ArgumentHelp("The folder.", valueName: "dir"))
    var folder: String

    @OptionGroup var options: SessionArguments

    func run() async throws {
      // Both orders are natural, and only one of the two can be a folder.
      let (name, folder) =
        FileInformation(self.name)?.isFolder == true ? (self.folder, self.name) : (self.name, self.folder)
      try await Migrate.perform(folder, options) { (await $0.baseline(through: name), false) }
    }
  }

  struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write a numbered script to begin with.")

    @Argument(help: "What it does, in a few words.")
    var name: String

    @Argument(help: ArgumentHelp("The folder.", valueName: "dir"))
    var folder: String = "."

    func run() async throws {
      let words = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.joined(separator: "-")
      guard !words.isEmpty else { throw ValidationError("The name needs letters or digits.") }
      let number = Folder.list(folder).compactMap { Int($0.name.prefix { $0.isNumber }) }.max() ?? 0
      let digits = String(number + 1)
      let path = folder + "/" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-" + words + ".wh"
      do {
        try Folder.make(folder)
        try FileWriter.write(path, Self.skeleton(name))
      } catch {
        throw ExitStatus.fail("`\(path)` can't be written: \(error.reason)", ExitStatus.unreadableFile)
      }
      print(Printable.escaped(path))
    }

    private static func skeleton(_ name: String) -> String {
      """
      # \(Printable.escaped(name))
      use app *
      webhook where event MESSAGE_SENT
      rename event MESSAGE_SENT to messages.sms.sent
      commit
      expect not event MESSAGE_SENT

      """
    }
  }

  /// Reads the folder, does the work with an interruption at hand, and ends with the code that it deserves.
  private static func perform(
    _ path: String, _ options: SessionArguments, _ reporting: (command: String, reports: ReportArguments)? = nil,
    _ work: @escaping @Sendable (Migrator) async -> (Failure.Kind?, Bool), then: (Bool) -> Void = { _ in }
  ) async throws {
    let runtime = Runtime(
      options, mode: .live, isInteractive: false, script: ScriptIdentity(name: path, sha256: ""))
    let folder = try Self.folder(path)
    try reporting?.reports.check()
    guard let reporting else { return then(try await perform(folder, runtime, options, work)) }
    try await reporting.reports.reporting(reporting.command, [path], runtime) {
      then(try await perform(folder, runtime, options, work))
    }
  }

  private static func perform(
    _ folder: MigrationFolder, _ runtime: Runtime, _ options: SessionArguments,
    _ work: @escaping @Sendable (Migrator) async -> (Failure.Kind?, Bool)
  ) async throws -> Bool {
    let signals = runtime.listenForSignals()
    defer { withExtendedLifetime(signals) {} }
    let migrator = Migrator(
      folder, session: runtime.session, binder: runtime.binder, scope: options.scope,
      runner: BatchRunner(session: runtime.session, display: runtime.display, binder: runtime.binder))
    let (failure, isPending) = await runtime.interruption.guarding { await work(migrator) }
    try ExitStatus.exit(after: BatchResult(failure: failure), runtime.console)
    return isPending
  }

  private static func folder(_ path: String) throws -> MigrationFolder {
    guard FileInformation(path)?.isFolder == true, let identity = realpath(path, nil) else {
      throw ExitStatus.fail("`\(path)` is no folder", ExitStatus.unreadableFile)
    }
    defer { free(identity) }
    let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    let names = Folder.list(path).filter { !$0.isFolder && $0.name.hasSuffix(".wh") }.map(\.name)
    var sources: [Source] = []
    for name in names {
      let file = trimmed + "/" + name
      do {
        sources.append(Source(name: file, bytes: try FileReader.read(file), folder: trimmed))
      } catch {
        throw ExitStatus.fail("`\(file)` can't be read: \(error.reason)", ExitStatus.unreadableFile)
      }
    }
    return MigrationFolder(path: path, identity: String(cString: identity), sources: sources)
  }
}

/// Runs the scripts of a migration as a batch does.
private struct BatchRunner: MigrationRunner {
  let session: Interpreter
  let display: Display
  let binder: Binder

  func run(_ statements: [Statement]) async -> Failure.Kind? {
    await Batch(session: session, display: display, binder: binder).run(statements).failure
  }

  func perform(_ work: @Sendable () async throws(Failure) -> Reply) async -> Failure.Kind? {
    await display.run(work).failure?.kind
  }

  func report(_ event: MigrationEvent) async { await display.show(event) }
}
