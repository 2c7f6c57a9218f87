import CEditLine
import Synchronization
import WhFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the reading thread and the others share of one editor.
final class EditLineSession: Sendable {
  /// libedit's handle. The pointer is not `Sendable`; while a line is read only the reading thread uses it, apart from
  /// `cel_wake`, which is made for others.
  struct Handle: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  struct State {
    var handle: Handle?
    var isReading = false
    var mustStop = false
    var isClosed = false
    var hasNoted = false
    /// Text to print above the prompt.
    var pending = ""
    /// What the next line begins with.
    var beginning = ""
    /// The menu that was opened last.
    var menu: CandidateMenu?
    var history = RecallList()
  }

  let state = Mutex(State())
  private let output: Int32
  let completer: Completer
  /// Nil for a line that is shown as it is.
  let decorator: Decorator?

  init(
    program: String, input: Int32, output: Int32, historyLimit: Int, decorator: Decorator?,
    completer: @escaping Completer
  ) throws(LineReaderError) {
    self.output = output
    self.completer = completer
    self.decorator = decorator
    let callbacks = cel_callbacks(
      context: Unmanaged.passUnretained(self).toOpaque(),
      complete: { context, editor, line, length, cursor, canOpenMenu in
        guard let context, let editor else { return false }
        let session = Unmanaged<EditLineSession>.fromOpaque(context).takeUnretainedValue()
        return session.complete(editor, line: text(line, length), cursor: cursor, canOpenMenu: canOpenMenu)
      },
      walk: { context, editor, step in
        guard let context, let editor else { return }
        Unmanaged<EditLineSession>.fromOpaque(context).takeUnretainedValue().walk(editor, step)
      },
      decorate: { context, editor, line, length, cursor in
        guard let context, let editor else { return }
        Unmanaged<EditLineSession>.fromOpaque(context).takeUnretainedValue()
          .decorate(editor, line: text(line, length), cursor: cursor)
      },
      woken: { context, editor in
        guard let context, let editor else { return false }
        return Unmanaged<EditLineSession>.fromOpaque(context).takeUnretainedValue().wake(editor)
      })
    guard let pointer = cel_open(program, input, output, historyLimit, callbacks) else {
      throw errno == ENOTTY ? .notATerminal : .system(errno)
    }
    let handle = Handle(pointer: pointer)
    state.withLock { $0.handle = handle }
  }

  deinit {
    state.withLock { state in
      if let handle = state.handle { cel_close(handle.pointer) }
    }
  }

  /// Reads a line on a new thread, which then calls `done`; with nil when it was stopped.
  func start(prompt: String, done: @escaping @Sendable (LineEvent?) -> Void) {
    let reading = Reading(session: self, prompt: prompt, done: done)
    let error = cel_start_thread(
      { context in
        guard let context else { return }
        let reading = Unmanaged<Reading>.fromOpaque(context).takeRetainedValue()
        reading.done(reading.session.read(prompt: reading.prompt))
      }, Unmanaged.passRetained(reading).toOpaque())
    if error != 0 {
      Unmanaged.passUnretained(reading).release()
      done(.closed)
    }
  }

  /// What a new thread is given.
  private final class Reading: Sendable {
    let session: EditLineSession
    let prompt: String
    let done: @Sendable (LineEvent?) -> Void

    init(session: EditLineSession, prompt: String, done: @escaping @Sendable (LineEvent?) -> Void) {
      self.session = session
      self.prompt = prompt
      self.done = done
    }
  }

  private func read(prompt: String) -> LineEvent? {
    let begun = state.withLock { state -> (handle: Handle, news: RecallList.News, beginning: String)? in
      guard let handle = state.handle, !state.isClosed, !state.mustStop else { return nil }
      state.isReading = true
      defer { state.beginning = "" }
      return (handle, state.history.takeNews(), state.beginning)
    }
    guard let (handle, news, beginning) = begun else { return nil }
    let editor = handle.pointer
    Self.withBytes(beginning) { cel_begin_with(editor, $0, $1) }
    if news.mustForget { cel_clear_history(editor) }
    for entry in news.entries { Self.withBytes(entry) { cel_add_history(editor, $0, $1) } }

    var line: UnsafePointer<CChar>?
    var length = 0
    let outcome = Self.withBytes(prompt) { cel_read_line(editor, $0, $1, &line, &length) }
    state.withLock { state in
      state.isReading = false
      print(state.pending)
      state.pending = ""
    }
    return switch outcome {
    case CEL_LINE: .line(text(line, length))
    case CEL_EDIT: .edit(text(line, length))
    case CEL_INTERRUPTED: .interrupted
    case CEL_END: .endOfInput
    case CEL_GONE: .closed
    default: nil
    }
  }

  /// On the reading thread, after `cel_wake`.
  private func wake(_ editor: OpaquePointer) -> Bool {
    let (pending, goesOn) = state.withLock { state in
      defer { state.pending = "" }
      return (state.pending, !state.mustStop && !state.isClosed)
    }
    if !pending.isEmpty { Self.withBytes(pending) { cel_print_above(editor, $0, $1) } }
    return goesOn
  }

  func printAbove(_ text: String) {
    let whole = text.hasSuffix("\n") ? text : text + "\n"
    state.withLock { state in
      guard state.isReading, let handle = state.handle else { return print(whole) }
      state.pending += whole
      cel_wake(handle.pointer)
    }
  }

  func begin(with text: String) { state.withLock { $0.beginning = text } }

  func remember(_ entries: [String]) { state.withLock { $0.history.append(entries) } }

  func entries(newest count: Int) -> [String] { state.withLock { Array($0.history.entries.suffix(count)) } }

  /// Takes entries out of the history.
  func forget(where mustGo: (String) -> Bool) { state.withLock { $0.history.remove(where: mustGo) } }

  /// Reports only the first error to the user.
  func noteOnce(_ error: HistoryFileError) {
    let isFirst = state.withLock { state in
      defer { state.hasNoted = true }
      return !state.hasNoted
    }
    if isFirst { printAbove("note: \(error.description)") }
  }

  /// What follows so soon was typed, or pasted, together with what was there.
  private static let typingPause: Int32 = 50

  func takePendingInput() -> String {
    state.withLock { state in
      guard !state.isReading, let handle = state.handle else { return "" }
      var bytes: UnsafePointer<CChar>?
      var length = 0
      cel_take_input(handle.pointer, Self.typingPause, &bytes, &length)
      return text(bytes, length)
    }
  }

  var hasPendingInput: Bool {
    state.withLock { state in
      guard !state.isReading, let handle = state.handle else { return false }
      return cel_has_input(handle.pointer)
    }
  }

  func hideKeys() {
    state.withLock { state in
      if !state.isReading, let handle = state.handle { cel_hide_keys(handle.pointer) }
    }
  }

  /// Forgets a `stop` that came too late for the line before.
  func forgetStop() {
    state.withLock { $0.mustStop = false }
  }

  /// Gives up the line that is being read or about to be.
  func stop() {
    state.withLock { state in
      state.mustStop = true
      if state.isReading, let handle = state.handle { cel_wake(handle.pointer) }
    }
  }

  func close() {
    state.withLock { state in
      state.isClosed = true
      if state.isReading, let handle = state.handle { cel_wake(handle.pointer) }
    }
  }

  /// Writes to the terminal while no line is read; what it does not take is lost, as with any output to it.
  private func print(_ text: String) {
    _ = Descriptor.write(Array(text.utf8), to: output)
  }

  static func withBytes<Result>(
    _ text: String, _ body: (UnsafePointer<CChar>?, Int) -> Result
  ) -> Result {
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { body($0.baseAddress, $0.count) }
    }
  }
}

/// A text that C lends.
private func text(_ pointer: UnsafePointer<CChar>?, _ length: Int) -> String {
  let bytes = UnsafeBufferPointer(start: pointer, count: pointer == nil ? 0 : length)
  return bytes.withMemoryRebound(to: UInt8.self) { String(decoding: $0, as: UTF8.self) }
}
