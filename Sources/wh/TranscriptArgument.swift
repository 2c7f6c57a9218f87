import ArgumentParser
import WhDomain
import WhSession
import WhShell
import WhSyntax

/// `--transcript`, for all commands that run statements.
struct TranscriptArgument: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Record a transcript for `wh replay`; a name ending in `.cast` records for asciinema.",
      valueName: "file"))
  var transcript: String?

  /// Begins the transcript, where one is asked for.
  func begin(_ runtime: Runtime) async throws {
    guard let transcript else { return }
    do {
      try runtime.transcript.start(transcript, host: nil, setting: await runtime.session.setting())
    } catch {
      throw await runtime.fail(
        .unwritableFile, "`\(transcript)` can't be recorded to: \(error.reason)", in: transcript,
        ExitStatus.unreadableFile)
    }
  }

  /// Ends the session's transcript, which may be one that a statement began.
  static func end(_ runtime: Runtime) async {
    runtime.transcript.close(dropping: await runtime.session.uncommitted().changes)
  }
}
