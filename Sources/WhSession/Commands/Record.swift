import WhDomain
import WhSyntax

/// `record "FILE"` and `record stop`: keeps a transcript of the session.
struct Record: LocalCommand {
  static let grammar = Grammar("record", .choice([["stop"], [.slot("file", .file)]]))
  static let help = Help(
    .session, "Write a transcript of the session, or stop doing so.",
    details: [
      "A transcript is a script that runs: what was typed, with what was printed below it as comments. `wh replay` runs it "
        + "again, and `wh replay --check` compares what is printed then.",
      "A transcript that is there already is gone on with; another file is refused. A name that ends in `.cast` makes a "
        + "recording for asciinema instead.",
      "Secrets stand in it as `••••`. A statement that says `••••` where a value is to stand does nothing, and an edit "
        + "leaves its webhooks as they are.",
    ],
    examples: [Example(#"record "session.wh""#, setup: ""), Example("record stop", setup: "")])

  private let file: String?

  init(_ arguments: Arguments) throws(Diagnostic) {
    file = arguments.words("file").isEmpty ? nil : try arguments.path(of: arguments.word("file"))
  }

  /// It writes a file.
  var harmless: (any Runnable)? { nil }

  func run(in context: LocalContext) async throws(Failure) -> Reply {
    guard let transcript = context.transcript else { return [.note("there is no transcript of such a run")] }
    guard let file else {
      guard let ended = transcript.stop(dropping: context.view.draft.changeCount) else {
        return [.note("nothing is being recorded")]
      }
      return [.confirmation("recorded in \(ended)")]
    }
    if let present = transcript.path { throw context.failure(.alreadyRecording(present, context.span)) }
    guard context.view.draft.origins.isEmpty else { throw context.failure(.editsBefore(context.span)) }
    do {
      try transcript.start(file, host: context.recordedHost, setting: context.setting)
    } catch {
      throw context.failure(
        Diagnostic(.unwritableFile, "`\(file)` can't be recorded in: \(error.reason)", at: context.span))
    }
    return [.confirmation("recording in \(file)")]
  }
}

extension Diagnostic {
  fileprivate static func alreadyRecording(_ path: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .alreadyRecording, "the session is being recorded in `\(path)`", at: span, label: "`record stop` first")
  }

  fileprivate static func editsBefore(_ span: Span) -> Diagnostic {
    Diagnostic(
      .stagedEdits, "edits are staged that would be missing in the transcript", at: span,
      label: "`commit` or `rollback` first")
  }
}
