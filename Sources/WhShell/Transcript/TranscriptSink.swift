import Synchronization
import WhDomain
import WhJournal
import WhSession
import WhSyntax

/// Keeps a session in a file, as a transcript or as a recording of the terminal, while it is asked to.
package final class TranscriptSink: EventSink, SessionTranscript {
  /// How the sink reaches files, clocks and the terminal.
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
    /// Called at once with the reason why a transcript ends too early.
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
    var warnings = PendingWarnings()
    var problem: String?
    /// The redactor's, when the file was last looked through for secrets.
    var generation = 0
    /// The statement that began last, but for those of included files.
    var last: Span?
    /// True while statements run whose file names are relative to a folder that is not the session's.
    var isPaused = false

    /// The comments above a statement, but for those that are a transcript's own.
    func comments(above statement: Statement) -> [String] {
      guard !statement.isIncluded else { return [] }
      let isSame = last?.source === statement.span.source
      return statement.span.commentLines(from: isSame ? last?.range.upperBound ?? 0 : 0)
        .filter { !Transcript.isOwnComment($0) }
    }
  }

  private let world: World
  private let console: Console
  private let verbosity: Verbosity
  private let mode: Transcript.Mode
  private let state = Mutex(State())

  /// - Parameters:
  ///   - console: the screen that a recording of the terminal shows.
  ///   - verbosity: how much that screen says.
  package init(_ world: World, console: Console, verbosity: Verbosity, mode: Transcript.Mode) {
    self.world = world
    self.console = console
    self.verbosity = verbosity
    self.mode = mode
  }

  private var redactor: Redactor { console.redactor }

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

  private func form(
    _ file: any RecordedFile, path: String, host: String, setting: [String]
  ) throws(FileProblem) -> any RecordingForm {
    if path.lowercased().hasSuffix(".cast") {
      guard file.start.isEmpty || CastHeader.begins(file.start) else { throw .noCast }
      let size = world.size() ?? (80, 24)
      let header = CastHeader(columns: size.columns, rows: size.rows, timestamp: Int(world.wallClock()))
      return try CastForm(
        file, header: header, isTyped: mode == .prompt, redactor: redactor,
        renderers: Renderers(console, verbosity: verbosity, isInteractive: mode == .prompt), now: world.now)
    }
    guard file.start.isEmpty || Transcript.begins(file.start) else { throw .noTranscript }
    let time = Moment(secondsSince1970: world.wallClock()).description
    return try TranscriptForm(
      file, head: Transcript.head(time, redactor.redact(host), mode), setting: setting, redactor: redactor)
  }

  package func stop(dropping dropped: Int) -> String? {
    state.withLock { state in
      let path = state.path
      // What asks for the end is not a part of it.
      update(&state) { form throws(FileProblem) in try form.forget() }
      update(&state) { form throws(FileProblem) in try form.end(dropping: dropped) }
      (state.path, state.form) = (nil, nil)
      return path
    }
  }

  /// Ends a transcript that is still open at the end of the session.
  package func close(dropping dropped: Int) {
    state.withLock { state in
      update(&state) { form throws(FileProblem) in try form.end(dropping: dropped) }
      (state.path, state.form) = (nil, nil)
    }
  }

  // MARK: What happens

  package func receive(_ event: SessionEvent, as presentation: Presentation) async {
    state.withLock { state in
      switch event {
      case .startUpBegan: state.isPaused = true
      case .startUpEnded(let setting):
        state.isPaused = false
        update(&state) { form throws(FileProblem) in try form.setOut(from: setting) }
      case _ where state.isPaused || state.form == nil: return
      case .typed(let lines): update(&state) { form throws(FileProblem) in try form.typed(lines) }
      case .read(let script, let typed): read(script, typed, presentation.form, &state)
      case .began(let statement): begin(statement, presentation.form, &state)
      case .shown(let things):
        update(&state) { form throws(FileProblem) in try form.show(things, presentation.form) }
      case .ended(let failure):
        update(&state) { form throws(FileProblem) in try form.finish(isFailed: failure != nil) }
      case .abandoned(let statement): abandon(after: statement, &state)
      // The end of a transcript says what was left.
      case .leftUncommitted: return
      }
    }
  }

  /// A text with errors is kept as refused; the comments of one without statements are kept.
  private func read(
    _ script: Script, _ typed: Source?, _ form: SessionOptions.OutputForm, _ state: inout State
  ) {
    guard script.hasErrors else {
      state.warnings.add(script.diagnostics)
      if let typed, script.statements.isEmpty { remark(typed.text(0..<typed.bytes.count), &state) }
      return
    }
    let problems = script.problems(in: typed)
    if let typed { return refuse(typed.text(0..<typed.bytes.count), problems, form, &state) }
    var rest = problems[...]
    while let span = rest.first?.diagnostic.span {
      let line = span.source.line(at: span.range.lowerBound)
      let ofLine = rest.prefix {
        $0.diagnostic.span.source === span.source && $0.diagnostic.span.range.lowerBound <= line.upperBound
      }
      refuse(span.source.text(line), Array(ofLine), form, &state)
      rest = rest.dropFirst(ofLine.count)
    }
  }

  private func refuse(
    _ text: String, _ problems: [TextProblem], _ form: SessionOptions.OutputForm, _ state: inout State
  ) {
    update(&state) { file throws(FileProblem) in try file.refuse(text, problems, form) }
  }

  private func remark(_ text: String, _ state: inout State) {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init).filter { !Transcript.isOwnComment($0) }
    update(&state) { form throws(FileProblem) in try form.remark(lines) }
  }

  private func begin(_ statement: Statement, _ form: SessionOptions.OutputForm, _ state: inout State) {
    guard statement.isRecorded else { return }
    let (above, text) = (state.comments(above: statement), statement.span.text + statement.span.trailingComment)
    let warnings = state.warnings.take(of: statement)
    update(&state) { file throws(FileProblem) in
      try file.remark(above)
      try file.begin(text, isIncluded: statement.isIncluded)
      try file.show(warnings.map { .diagnostic($0) }, form)
    }
    if !statement.isIncluded { state.last = statement.span }
  }

  private func abandon(after statement: Statement, _ state: inout State) {
    // What follows a statement in an included file is not the rest of the line.
    guard !statement.isIncluded else { return }
    let rest = String(statement.span.rest.dropFirst(statement.span.trailingComment.count))
    update(&state) { form throws(FileProblem) in try form.abandon(rest) }
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

extension Script {
  /// What is wrong with a text that does not run.
  ///
  /// - Parameter typed: the text, where it was given as a whole.
  func problems(in typed: Source?) -> [TextProblem] {
    let shown = diagnostics.filter { !hasErrors || $0.severity == .error }
    return shown.map { diagnostic in
      TextProblem(diagnostic: diagnostic, isElsewhere: typed.map { $0 !== diagnostic.span.source } ?? false)
    }
  }
}

extension FileProblem {
  fileprivate static let noTranscript = FileProblem("it already exists and is not a wh transcript")
  fileprivate static let noCast = FileProblem("it already exists and is not an asciicast v2 recording")
}
