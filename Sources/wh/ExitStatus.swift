import ArgumentParser
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// The one place that picks an exit code.
enum ExitStatus {
  static let somethingFailed = ExitCode(1)
  static let changesPlanned = ExitCode(10)
  static let wrongUsage = ExitCode(64)
  static let scriptErrors = ExitCode(65)
  static let unreadableFile = ExitCode(66)

  /// Says what went wrong outside of any session, and gives the code for it.
  ///
  /// - Parameters:
  ///   - name: what JSON calls it.
  ///   - form: the form of results that was asked for.
  static func fail(
    _ message: String, _ code: ExitCode = somethingFailed, _ name: DiagnosticCode = .notAvailable,
    _ form: OutputOption.Form = .text
  ) -> ExitCode {
    let console = Console.standard(.auto, Redactor())
    if form == .json {
      let rendering = JSONRenderer(console, verbosity: .normal).render(Diagnostic(name, message, at: .whole(of: "wh")))
      console.print(rendering.output, isMasked: true)
    }
    console.printError("error: " + Printable.escaped(message) + "\n")
    return code
  }

  /// The code that work ends with.
  static func of(_ work: () async throws -> Void) async -> ExitCode {
    do {
      try await work()
      return .success
    } catch let code as ExitCode {
      return code
    } catch {
      return fail("\(error)")
    }
  }

  /// Ends with the worst of some codes.
  static func exit(after codes: [ExitCode]) throws {
    let worst = worst(of: codes)
    if worst != .success { throw worst }
  }

  /// The code of several sessions. What was planned is less than what failed, and a run that can be resumed is the most.
  static func worst(of codes: [ExitCode]) -> ExitCode {
    let order: [ExitCode] = [.success, changesPlanned] + failures.sorted().map(code(for:))
    return codes.max { order.firstIndex(of: $0) ?? 0 < order.firstIndex(of: $1) ?? 0 } ?? .success
  }

  private static let failures: [Failure.Kind] = [
    .failed, .script, .unreadableFile, .unreachable, .journal, .keyRefused, .stopped,
  ]

  static func code(for failure: Failure.Kind) -> ExitCode {
    switch failure {
    case .failed: somethingFailed
    case .script: scriptErrors
    case .unreadableFile: unreadableFile
    case .unreachable: ExitCode(69)
    case .journal: ExitCode(73)
    case .stopped: ExitCode(75)
    case .keyRefused: ExitCode(77)
    }
  }

  /// Ends with the code that a run deserves; does nothing when all is well.
  static func exit(after result: RunnerResult, _ console: Console) throws {
    if let failure = result.failure { throw code(for: failure) }
    try exit(ifUnwritten: console)
  }

  /// Ends with a failure if a transcript is incomplete, which was reported when it happened.
  static func exit(ifUnrecorded transcript: TranscriptSink) throws {
    if transcript.problem != nil { throw somethingFailed }
  }

  /// Ends with a complaint where results could not be written, as on a full disk.
  static func exit(ifUnwritten console: Console) throws {
    if let problem = console.outputProblem { throw fail(unwritten: problem, console) }
  }

  /// Says that results could not be written, and gives the code for it.
  static func fail(unwritten problem: String, _ console: Console) -> ExitCode {
    console.printError("error: standard output can't be written: \(problem)\n")
    return somethingFailed
  }
}
