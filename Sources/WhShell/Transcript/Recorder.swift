import Synchronization
import WhDomain
import WhJournal
import WhSession
import WhSyntax

/// Keeps a session in a file while it is asked to.
package final class Recorder: SessionRecorder {
  /// How the world reaches a recorder.
  package struct World: Sendable {
    package var open: @Sendable (_ path: String) throws(FileProblem) -> any RecordedFile
    /// Seconds since 1970-01-01T00:00:00Z.
    package var wallClock: @Sendable () -> Double
    /// Seconds since some moment.
    package var now: @Sendable () -> Double
    /// The size of the terminal in characters; nil where there is none.
    package var size: @Sendable () -> (columns: Int, rows: Int)?
    /// The server of a session that is not connected yet.
    package var host: @Sendable () -> String
    /// Is told at once why a transcript ends too early.
    package var onProblem: @Sendable (String) -> Void

    package init(
      open: @escaping @Sendable (_ path: String) throws(FileProblem) -> any RecordedFile,
      wallClock: @escaping @Sendable () -> Double, now: @escaping @Sendable () -> Double,
      size: @escaping @Sendable () -> (columns: Int, rows: Int)?, host: @escaping @Sendable () -> String,
      onProblem: @escaping @Sendable (String) -> Void
    ) {
      self.onProblem = onProblem
      self.open = open
      self.wallClock = wallClock
      self.now = now
      self.size = size
      self.host = host
    }
  }

  private struct State {
    var path: String?
    var form: (any RecordingForm)?
    /// What was wrong with the next statement's text, and where.
    var warnings: [(span: Span, printing: Printing)] = []
    var problem: String?
    /// The redactor's, when the file was last looked through for secrets.
    var generation = 0
    /// The statement that began last, but for those of included files.
    var last: Span?

    /// The comments above a statement, but for those that are a transcript's own.
    func comments(above statement: Statement) -> [String] {
      guard !statement.isIncluded else { return [] }
      let isSame = last?.source === statement.span.source
      return statement.span.commentLines(from: isSame ? last?.range.upperBound ?? 0 : 0)
        .filter { !Transcript.isOwnComment($0) }
    }
  }

  private let world: World
  private let redactor: Redactor
  private let mode: Transcript.Mode
  private let state = Mutex(State())

  package init(_ world: World, redactor: Redactor, mode: Transcript.Mode) {
    self.world = world
    self.redactor = redactor
    self.mode = mode
  }

  // MARK: Beginning and ending

  package var path: String? { state.withLock(\.path) }

  /// Why a transcript that was begun has an end too early; nil where it has not.
  package var problem: String? { state.withLock(\.problem) }

  package func start(_ path: String, host: String?, setting: [String]) throws(FileProblem) {
    let file = try world.open(path)
    do throws(FileProblem) {
      let form = try form(file, path: path, host: host ?? world.host(), setting: setting)
      state.withLock {
        $0.path = path
        $0.form = form
        $0.generation = redactor.generation
      }
    } catch {
      file.close()
      throw error
    }
  }

  /// Keeps what is printed for a receiver, in the place of a transcript by this name.
  func capture(_ name: String) {
    state.withLock {
      $0.path = name
      $0.form = CaptureForm()
    }
  }

  /// What was printed since the last time.
  func takeCaptured() -> [PrintedLine] {
    state.withLock { state in
      guard let form = state.form as? CaptureForm else { return [] }
      state.form = CaptureForm()
      return form.lines
    }
  }

  private func form(
    _ file: any RecordedFile, path: String, host: String, setting: [String]
  ) throws(FileProblem) -> any RecordingForm {
    if path.lowercased().hasSuffix(".cast") {
      guard file.start.isEmpty || CastHeader.begins(file.start) else { throw .noCast }
      let size = world.size() ?? (80, 24)
      let header = CastHeader(columns: size.columns, rows: size.rows, timestamp: Int(world.wallClock()))
      return try CastForm(file, header: header, isTyped: mode == .prompt, redactor: redactor, now: world.now)
    }
    guard file.start.isEmpty || Transcript.begins(file.start) else { throw .noTranscript }
    let time = Moment(secondsSince1970: world.wallClock()).description
    return try TranscriptForm(
      file, head: Transcript.head(time, redactor.redact(host), mode), setting: setting, redactor: redactor)
  }

  package func stop(dropping dropped: Int) -> String? {
    state.withLock { state in
      guard !(state.form is CaptureForm) else { return nil }
      let path = state.path
      // What asks for the end is not a part of it.
      update(&state) { form throws(FileProblem) in try form.forget() }
      update(&state) { form throws(FileProblem) in try form.end(dropping: dropped) }
      (state.path, state.form) = (nil, nil)
      return path
    }
  }

  /// Ends a transcript that the session leaves behind.
  package func close(dropping dropped: Int) {
    state.withLock { state in
      update(&state) { form throws(FileProblem) in try form.end(dropping: dropped) }
      (state.path, state.form) = (nil, nil)
    }
  }

  // MARK: What happens

  var isRecording: Bool { state.withLock { $0.form != nil } }

  /// True where what is kept is how the screen looks.
  var keepsScreen: Bool { state.withLock { $0.form is CastForm } }

  /// Seconds since some moment, for the lines of a prompt.
  var now: Double { world.now() }

  /// To be called when statements that are not recorded have changed the session.
  func setOut(from setting: [String]) {
    state.withLock { update(&$0) { form throws(FileProblem) in try form.setOut(from: setting) } }
  }

  func begin(_ statement: Statement) {
    guard statement.isRecorded else { return }
    state.withLock { state in
      let comment = statement.span.trailingComment
      let above = state.comments(above: statement)
      update(&state) { form throws(FileProblem) in
        try form.remark(above)
        try form.begin(statement.span.text + comment, isIncluded: statement.isIncluded)
      }
      if !statement.isIncluded { state.last = statement.span }
      let (source, range) = (statement.span.source, statement.span.range)
      let mine = state.warnings.filter { $0.span.source === source && range.contains($0.span.range.lowerBound) }
      for warning in mine { update(&state) { form throws(FileProblem) in try form.note(warning.printing) } }
      state.warnings.removeAll { $0.span.source === source && range.contains($0.span.range.lowerBound) }
    }
  }

  func note(_ printing: Printing) {
    state.withLock { update(&$0) { form throws(FileProblem) in try form.note(printing) } }
  }

  func finish(isFailed: Bool) {
    state.withLock { update(&$0) { form throws(FileProblem) in try form.finish(isFailed: isFailed) } }
  }

  func abandon(after statement: Statement) {
    // What follows a statement in an included file is not the rest of the line.
    guard !statement.isIncluded else { return }
    let rest = String(statement.span.rest.dropFirst(statement.span.trailingComment.count))
    state.withLock { update(&$0) { form throws(FileProblem) in try form.abandon(rest) } }
  }

  /// A text without a statement in it: its comments are kept.
  func remark(_ text: String) {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init).filter { !Transcript.isOwnComment($0) }
    state.withLock { update(&$0) { form throws(FileProblem) in try form.remark(lines) } }
  }

  func refuse(_ text: String, _ printings: [Printing]) {
    state.withLock { update(&$0) { form throws(FileProblem) in try form.refuse(text, printings) } }
  }

  func typed(_ lines: [TypedLine]) {
    state.withLock { update(&$0) { form throws(FileProblem) in try form.typed(lines) } }
  }

  /// Keeps what was wrong with statements that run all the same, until they do.
  func warn(_ warnings: [(span: Span, printing: Printing)]) {
    state.withLock { $0.warnings += $0.form == nil ? [] : warnings }
  }

  /// A file that can't be written is given up: the session is worth more than its transcript.
  private func update(
    _ state: inout State, _ change: (inout any RecordingForm) throws(FileProblem) -> Void
  ) {
    guard var form = state.form else { return }
    do {
      try change(&form)
      let generation = redactor.generation
      if generation != state.generation { try form.hideSecrets() }
      state.generation = generation
      state.form = form
    } catch {
      state.form = nil
      let problem = "recording to `\(state.path ?? "")` stopped: \(error.reason)"
      state.problem = problem
      world.onProblem(problem)
    }
  }
}

extension FileProblem {
  fileprivate static let noTranscript = FileProblem("it already exists and is not a wh transcript")
  fileprivate static let noCast = FileProblem("it already exists and is not an asciicast v2 recording")
}
