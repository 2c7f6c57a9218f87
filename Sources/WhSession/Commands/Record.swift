import WhDomain
import WhSyntax

/// `record "FILE"` and `record stop`: keeps a transcript of the session.
struct Record: LocalCommand {
  static let grammar = Grammar("record", .choice([["stop"], [.slot("file", .file)]]))
  static let help = Help(
    .session, "Start or stop recording a transcript of the session.",
    details: [
      "A transcript is a script: the statements as typed, each followed by its output as comments. `wh replay` runs it "
        + "again, and `wh replay --check` compares the output.",
      "An existing transcript is appended to; any other existing file is refused. A name ending in `.cast` records "
        + "for asciinema instead.",
      "Secrets are written as `••••`. A statement with `••••` as a value does nothing when it runs.",
    ],
    examples: [Example(#"record "session.wh""#, setup: ""), Example("record stop", setup: "")])

  private let file: String?

  init(_ arguments: Arguments) throws(Diagnostic) {
    file = arguments.words("file").isEmpty ? nil : try arguments.path(of: arguments.word("file"))
  }

  /// It writes a file.
  var harmless: (any Runnable)? { nil }

  var isForOneSession: Bool { file != nil }

  func run(in context: LocalContext) async throws(Failure) -> Reply {
    guard let transcript = context.transcript else { return [.note("this run cannot be recorded")] }
    guard let file else {
      guard let ended = transcript.stop(dropping: context.view.draft.changeCount) else {
        return [.note("not recording")]
      }
      return [.confirmation("recorded to \(ended)")]
    }
    if let present = transcript.path { throw context.failure(.alreadyRecording(present, context.span)) }
    guard context.view.draft.origins.isEmpty else { throw context.failure(.editsBefore(context.span)) }
    do {
      try transcript.start(file, host: context.recordedHost, setting: context.setting)
    } catch {
      throw Failure(
        .unreadableFile,
        Diagnostic(.unwritableFile, "`\(file)` can't be recorded to: \(error.reason)", at: context.span))
    }
    return [.confirmation("recording to \(file)")]
  }
}

extension Diagnostic {
  fileprivate static func alreadyRecording(_ path: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .alreadyRecording, "the session is already being recorded to `\(path)`", at: span,
      label: "run `record stop` first")
  }

  fileprivate static func editsBefore(_ span: Span) -> Diagnostic {
    Diagnostic(
      .stagedEdits, "the transcript would not include the staged edits", at: span,
      label: "run `commit` or `rollback` first")
  }
}
