import WhDomain
import WhSession
import WhSyntax

/// A transcript: statements as typed, followed by their output as comments.
///
/// A statement is written before it runs, as if all went well, and its outcome over it: so that a crash at any moment
/// leaves a script that says what was done.
struct TranscriptForm: RecordingForm {
  private struct Piece {
    var text: String
    var lines: [PrintedLine] = []
    var isFailed = false
  }

  private let file: any RecordedFile
  private let redactor: Redactor
  private let plain: TranscriptText
  private var marks: SecretMarks
  /// Where the statement that runs, or ran last, begins, and where the file ends.
  private var (start, end) = (0, 0)
  /// That statement, followed by those of the file that it includes.
  private var pieces: [Piece] = []
  /// True once an included statement failed, so that they are recorded one by one instead of their `source`.
  private var isInlined = false

  /// - Parameter head: the lines that begin a session.
  init(
    _ file: any RecordedFile, head: String, setting: [String], redactor: Redactor
  ) throws(FileProblem) {
    let present = String(decoding: file.start, as: UTF8.self)
    self.file = file
    self.redactor = redactor
    plain = TranscriptText(redactor)
    marks = SecretMarks(redactor, after: present)
    end = file.start.count
    var text = present.isEmpty || present.hasSuffix("\n") ? "" : "\n"
    text += head
    try append(text)
    try setOut(from: setting)
  }

  mutating func setOut(from setting: [String]) throws(FileProblem) {
    let lines = setting.map { Self.typed(marks.mark($0)) }.joined()
    try append(setting.isEmpty ? "" : "\(Transcript.unrecorded)\n\(lines)\(Transcript.recorded)\n")
    pieces = []
    start = end
  }

  mutating func begin(_ text: String, isIncluded: Bool) throws(FileProblem) {
    let isPart = isIncluded && !pieces.isEmpty
    if !isPart {
      pieces = []
      isInlined = false
      start = end
    }
    pieces.append(Piece(text: marks.mark(text)))
    if !isPart || isInlined { try append(Self.typed(pieces[pieces.count - 1].text)) }
  }

  mutating func remark(_ lines: [String]) throws(FileProblem) {
    guard !lines.isEmpty else { return }
    pieces = []
    try append(lines.map { Self.typed(marks.mark($0)) }.joined())
    start = end
  }

  mutating func show(_ things: [Shown], _ form: SessionOptions.OutputForm) throws(FileProblem) {
    guard !pieces.isEmpty else { return }
    let lines = things.flatMap { plain.lines(of: $0, form) }
    pieces[pieces.count - 1].lines += lines
    try append(lines.map { $0.comment + "\n" }.joined())
  }

  mutating func finish(isFailed: Bool) throws(FileProblem) {
    guard isFailed, !pieces.isEmpty else { return }
    pieces[pieces.count - 1].isFailed = true
    isInlined = pieces.count > 1
    try rewrite()
  }

  mutating func abandon(_ rest: String) throws(FileProblem) {
    guard pieces.count == 1, pieces[0].isFailed else { return }
    pieces[0].text += marks.mark(rest)
    try rewrite()
  }

  mutating func refuse(
    _ text: String, _ problems: [TextProblem], _ form: SessionOptions.OutputForm
  ) throws(FileProblem) {
    let lines = problems.flatMap { plain.lines(of: $0.diagnostic, isElsewhere: $0.isElsewhere, form) }
    pieces = [Piece(text: marks.mark(text), lines: lines, isFailed: true)]
    isInlined = false
    start = end
    try rewrite()
  }

  mutating func forget() throws(FileProblem) {
    if pieces.count > 1 {
      // The statement that requests it is in an included file, so its `source` stays.
      pieces.removeLast()
      return try rewrite()
    }
    pieces = []
    end = start
    try file.write([], at: start)
  }

  mutating func hideSecrets() throws(FileProblem) {
    let bytes = try file.read()
    let text = String(decoding: bytes, as: UTF8.self)
    guard redactor.redact(text) != text else { return }
    let before = hidden(String(decoding: bytes.prefix(start), as: UTF8.self))
    let whole = Array((before + hidden(String(decoding: bytes.dropFirst(start), as: UTF8.self))).utf8)
    for index in pieces.indices {
      pieces[index].text = marks.mark(pieces[index].text)
      pieces[index].lines = pieces[index].lines.map { PrintedLine($0.stream, redactor.redact($0.text)) }
    }
    start = before.utf8.count
    end = whole.count
    try file.write(whole, at: 0)
  }

  /// A text of the file without its secrets. Only in statements they are numbered.
  private mutating func hidden(_ text: String) -> String {
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      let isPrinted =
        line.hasPrefix(PrintedLine.Stream.output.rawValue) || line.hasPrefix(PrintedLine.Stream.error.rawValue)
      lines.append(isPrinted ? redactor.redact(line) : marks.mark(line))
    }
    return lines.joined(separator: "\n")
  }

  mutating func end(dropping dropped: Int) throws(FileProblem) {
    pieces = []
    defer { file.close() }
    guard dropped > 0 else { return }
    let subject = dropped.counting("staged change was", "staged changes were")
    try append("\(Transcript.unrecorded)\n#: \(subject) never committed\nrollback\n")
  }

  // MARK: Text

  private mutating func append(_ text: String) throws(FileProblem) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return }
    try file.write(bytes, at: end)
    end += bytes.count
  }

  private mutating func rewrite() throws(FileProblem) {
    var text = ""
    for (index, piece) in pieces.enumerated() {
      if isInlined, index == 0 {
        text += Self.lines(of: piece.text).map { "#: \($0)\n" }.joined()
      } else if isInlined || index == 0 {
        text += piece.isFailed ? Self.failed(piece.text) : Self.typed(piece.text)
      }
      text += piece.lines.map { $0.comment + "\n" }.joined()
    }
    let bytes = Array(text.utf8)
    try file.write(bytes, at: start)
    end = start + bytes.count
  }

  /// Control characters are harmless, and mean the same, as escapes in double quotes; a tab is both anyway.
  private static func lines(of text: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map { Printable.escaped(String($0)) }
        .joined(separator: "\t")
    }
  }

  private static func typed(_ text: String) -> String { lines(of: text).map { $0 + "\n" }.joined() }

  private static func failed(_ text: String) -> String {
    lines(of: text).map { "\(Transcript.failed) \($0)\n" }.joined()
  }
}
