import ArgumentParser
import Dispatch
import Foundation
import WhDomain
import WhSandbox
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// `wh sandbox [serve]` and `wh sandbox reset`
struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox", abstract: "Run a local sandbox of the service with demo apps.",
    subcommands: [Serve.self, Reset.self], defaultSubcommand: Serve.self)

  struct DataFile: ParsableArguments {
    @Option(help: ArgumentHelp("The database file; default $XDG_DATA_HOME/wh/sandbox.sqlite.", valueName: "file"))
    var data: String?

    var path: String { data ?? ThisProcess.paths.sandbox }

    func open(_ demoData: DemoData = .standard) throws -> Store {
      do {
        if data == nil { try Folder.make(FilePath.folder(of: path)) }
        return try Store(path: path, demoData: demoData)
      } catch {
        let reason = (error as? FileProblem)?.reason ?? "\(error)"
        Console.standard(.auto, Redactor()).printError(
          "error: \(Printable.escaped(path)) can't be used: \(Printable.escaped(reason))\n")
        throw ExitStatus.unreadableFile
      }
    }
  }

  struct Reset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "reset", abstract: "Restore the demo data.")

    @OptionGroup var file: DataFile

    func run() async throws {
      try await file.open().reset()
      let console = Console.standard(.auto, Redactor())
      console.print("demo data restored\n")
      try ExitStatus.exit(ifUnwritten: console)
    }
  }

  struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "serve", abstract: "Serve on 127.0.0.1 until interrupted.")

    @OptionGroup var file: DataFile
    @OptionGroup var faults: FaultArguments
    @OptionGroup var forms: FormArguments

    @Option(help: ArgumentHelp("The port; 0 picks a free one.", valueName: "n"))
    var port: UInt16 = 8089

    @Option(help: ArgumentHelp("Accept only this key; repeatable. Default: any well-formed key.", valueName: "key"))
    var key: [String] = []

    @Option(
      name: .customLong("apps"),
      help: ArgumentHelp("Fill an empty database with this many apps instead of the demo data.", valueName: "n"))
    var apps: Int?

    @Option(
      name: .customLong("webhooks-per-app"),
      help: ArgumentHelp("With --apps: webhooks per app; default: 5.", valueName: "n"))
    var webhooksPerApp: Int?

    @Flag(name: .customLong("log"), help: "Log each request to standard error.")
    var logsRequests = false

    func validate() throws {
      if webhooksPerApp != nil, apps == nil { throw ValidationError("--webhooks-per-app needs --apps.") }
      if let problem = faults.problem { throw ValidationError(problem) }
      guard apps != nil, FileInformation.isFilled(file.path) else { return }
      throw ValidationError(
        "`\(Printable.escaped(file.path))` has data already, and --apps fills an empty database: name a new one with "
          + "--data.")
    }

    func run() async throws {
      let options = Options(
        port: port, keys: key.isEmpty ? nil : key, rateLimits: forms.rateLimits, faults: faults.faults,
        routes: forms.routes, errorShape: forms.errorShape, sendsErrorCodes: !forms.leavesOutErrorCodes,
        deleteAnswer: forms.deleteAnswer, events: forms.events)
      let console = Console.standard(.auto, Redactor())
      let demo: DemoData
      do {
        try options.validate()
        let count = webhooksPerApp ?? 5
        if let apps { try DemoData.validate(apps: apps, webhooksPerApp: count) }
        demo = apps.map { DemoData.generate(apps: $0, webhooksPerApp: count) } ?? .standard
      } catch {
        throw ValidationError(error.description)
      }
      let store = try file.open(demo)
      do {
        let log: (@Sendable (RequestLog) -> Void)? =
          logsRequests ? { @Sendable in console.printError(Self.line($0)) } : nil
        let server = try Server(options: options, store: store, log: log)
        let (ends, continuation) = AsyncStream<Void>.makeStream()
        let listener = SignalListener([SIGINT, SIGTERM, SIGHUP]) { _ in continuation.yield() }
        let url = try await server.start()
        console.print("sandbox on \(url.absoluteString), with key \(key.first ?? Server.demoKey)\n")
        if !faults.faults.shares.isEmpty { console.print("faults with seed \(server.seed)\n") }
        console.print("  WH_BASE_URL=\(url.absoluteString) WH_API_KEY=\(key.first ?? Server.demoKey) wh\n")
        try ExitStatus.exit(ifUnwritten: console)
        for await _ in ends { break }
        await server.stop()
        withExtendedLifetime(listener) {}
      } catch let problem as InvalidOptions {
        throw ValidationError(problem.description)
      } catch let problem as ServerError {
        console.printError("error: \(problem)\n")
        throw ExitStatus.somethingFailed
      }
    }

    private static func line(_ entry: RequestLog) -> String {
      let status = entry.status.map(String.init) ?? "no response"
      let fault = entry.fault.map { ", \($0.rawValue)" } ?? ""
      return Printable.escaped("\(entry.method) \(entry.path) → \(status) (\(entry.milliseconds) ms\(fault))") + "\n"
    }
  }
}
