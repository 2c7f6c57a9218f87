import ArgumentParser
import Foundation
import WhAPI
import WhDomain
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// `--report`, for all commands that send or plan.
struct ReportArguments: ParsableArguments {
  @Option(
    name: .customLong("report"),
    help: ArgumentHelp(
      "Write a report at the end, even after a failure: junit, json or html; repeatable.",
      valueName: "form=file"))
  var files: [ReportArgument] = []

  func validate() throws {
    guard Set(files.map(\.path)).count == files.count else {
      throw ValidationError("--report names the same file twice.")
    }
  }

  /// Sees that the reports can be written, before anything is sent.
  func check(against scripts: [String] = []) throws {
    for file in files {
      if scripts.contains(where: { FileInformation.isSame(ThisProcess.paths.expand(file.path), $0) }) {
        throw ExitStatus.fail("the report `\(file.path)` would overwrite the script", .validationFailure)
      }
      do {
        try FileWriter.checkWritable(ThisProcess.paths.expand(file.path))
      } catch {
        throw ExitStatus.fail("the report `\(file.path)` can't be written: \(error.reason)", ExitStatus.unreadableFile)
      }
    }
  }

  /// Runs a command, and writes its reports whatever happens.
  ///
  /// - Parameters:
  ///   - command: what the report says that ran.
  ///   - work: ends with an exit code that it throws, or without one when all is well.
  func reporting(
    _ command: String, _ scripts: [String], _ runtime: Runtime, _ work: () async throws -> Void
  ) async throws {
    guard !files.isEmpty else { return try await work() }
    let environment = APIEnvironment.live
    let (start, moment) = (environment.time.monotonic(), environment.time.now().inSeconds)
    var code: ExitCode = .success
    do {
      try await work()
    } catch let exit as ExitCode {
      code = exit
    }
    let snapshot = await runtime.session.snapshot()
    let report = RunReport(
      command: command, scripts: scripts, profile: snapshot.profile, host: snapshot.host, version: Version.text,
      startedAt: moment, seconds: (environment.time.monotonic() - start).inSeconds,
      requests: await runtime.session.connection?.requestCount() ?? 0, exit: Int(code.rawValue),
      collected: runtime.report.collected)
    for file in files {
      do {
        try FileWriter.write(
          ThisProcess.paths.expand(file.path), file.form.text(of: report, runtime.console.redactor), mode: nil)
      } catch {
        let failed = ExitStatus.fail("the report `\(file.path)` can't be written: \(error.reason)")
        if code == .success { code = failed }
      }
    }
    if code != .success { throw code }
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

  static let allValueStrings = ReportForm.allCases.map { "\($0.rawValue)=FILE" }
}
