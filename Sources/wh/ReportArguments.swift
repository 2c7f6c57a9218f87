import ArgumentParser
import Foundation
import WhAPI
import WhDomain
import WhJournal
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// `--report`, for all commands that send, plan or check.
struct ReportArguments: ParsableArguments {
  @Option(
    name: .customLong("report"),
    help: ArgumentHelp(
      "Write a report at the end, even after a failure: junit, json, html, markdown or github; repeatable.",
      valueName: "form=file"))
  var files: [ReportArgument] = []

  func validate() throws {
    guard Set(files.map(\.path)).count == files.count else {
      throw ValidationError("--report names the same file twice.")
    }
    if let file = files.first(where: { $0.isStandardOutput && !$0.form.mayJoinResults }) {
      throw ValidationError(
        "--report \(file.form.rawValue)=- is not possible: standard output carries the results. Name a file.")
    }
  }

  /// What keeps what the reports are made of; nil where none is asked for.
  var sink: ReportSink? { files.isEmpty ? nil : ReportSink(now: { Runtime.effects.time.monotonic() }) }

  /// Sees that the reports can be written, before anything is sent.
  func check(against scripts: [String] = [], _ runtime: Runtime) async throws {
    for file in files {
      if file.isStandardOutput {
        guard runtime.output == .text else {
          throw await runtime.fail(
            .fileExists, "--report \(file.form.rawValue)=- and --output json cannot be combined", .validationFailure)
        }
        continue
      }
      if scripts.contains(where: { FileInformation.isSame(ThisProcess.paths.expand(file.path), $0) }) {
        throw await runtime.fail(
          .fileExists, "the report `\(file.path)` would overwrite the script", in: file.path, .validationFailure)
      }
      do {
        try FileWriter.checkWritable(ThisProcess.paths.expand(file.path))
      } catch {
        throw await unwritable(file, error, runtime)
      }
    }
  }

  /// Runs a command with one session, and writes its reports whatever happens.
  ///
  /// - Parameters:
  ///   - command: what the report says that ran.
  ///   - arguments: the scripts or the folder that it was given.
  ///   - sources: the scripts that were read.
  ///   - work: ends with an exit code that it throws, or without one when all is well.
  func reporting(
    _ command: String, _ arguments: [String], _ sources: [Source], _ runtime: Runtime, _ work: () async throws -> Void
  ) async throws {
    try await reporting(command, arguments, sources, [runtime]) { [await ExitStatus.of(work)] }
  }

  /// The same for a command with several sessions.
  ///
  /// - Parameter work: gives the exit code of each session, or a single one for the whole command.
  func reporting(
    _ command: String, _ arguments: [String], _ sources: [Source], _ runtimes: [Runtime], _ work: () async -> [ExitCode]
  ) async throws {
    let environment = APIEnvironment.live
    let (moment, start) = (environment.time.now().inSeconds, environment.time.monotonic())
    let codes = await work()
    var code = ExitStatus.worst(of: codes)
    guard let runtime = runtimes.first, !files.isEmpty else { return try ExitStatus.exit(after: codes) }
    var sessions: [RunReport.Session] = []
    for (index, runtime) in runtimes.enumerated() {
      sessions.append(await session(of: runtime, codes.count == 1 ? codes[0] : codes[index]))
    }
    let report = RunReport(
      command: command, arguments: arguments,
      scripts: sources.map { RunReport.Script(name: $0.name, sha256: ScriptHash.hash(of: $0.bytes)) },
      version: Version.text, startedAt: moment,
      seconds: (environment.time.monotonic() - start).inSeconds, exit: Int(code.rawValue),
      sessions: sessions)
    for file in files {
      let text = file.form.text(of: report, runtime.console.redactor)
      if file.isStandardOutput {
        runtime.console.print(text, isMasked: true)
        do {
          try ExitStatus.exit(ifUnwritten: runtime.console)
        } catch let failed as ExitCode where code == .success {
          code = failed
        }
        continue
      }
      do {
        try FileWriter.write(ThisProcess.paths.expand(file.path), text, mode: nil)
      } catch {
        let failed = await unwritable(file, error, runtime)
        if [.success, ExitStatus.changesPlanned].contains(code) { code = failed }
      }
    }
    if code != .success { throw code }
  }

  private func session(of runtime: Runtime, _ code: ExitCode) async -> RunReport.Session {
    let snapshot = await runtime.session.snapshot()
    return RunReport.Session(
      profile: snapshot.profile ?? runtime.profile, host: snapshot.host,
      requests: await runtime.session.connection?.requestCount() ?? 0, exit: Int(code.rawValue),
      findings: runtime.report?.findings ?? RunReport.Findings())
  }

  private func unwritable(_ file: ReportArgument, _ problem: FileProblem, _ runtime: Runtime) async -> ExitCode {
    await runtime.fail(
      .unwritableFile, "the report `\(file.path)` can't be written: \(problem.reason)", in: file.path,
      ExitStatus.unreadableFile)
  }
}

/// The value of `--report`: FORM=FILE.
struct ReportArgument: ExpressibleByArgument {
  let form: ReportForm
  let path: String

  init?(argument: String) {
    let pieces = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard pieces.count == 2, let form = ReportForm(rawValue: pieces[0].lowercased()), !pieces[1].isEmpty else {
      return nil
    }
    self.form = form
    path = pieces[1]
  }

  var isStandardOutput: Bool { path == "-" }

  static let allValueStrings = ReportForm.allCases.map { "\($0.rawValue)=FILE" }
}
