import WhDomain
import WhSession
import WhSyntax

/// A recording of the terminal, as asciicast v2 has it: a header, and then an event a line.
struct CastForm: RecordingForm {
  private let file: any RecordedFile
  private let redactor: Redactor
  private let now: @Sendable () -> Double
  /// Statements are shown even if nothing is typed.
  private let isTyped: Bool
  private let renderers: Renderers
  private var end: Int
  /// The moment that the events' times count from.
  private let origin: Double

  /// - Parameters:
  ///   - now: seconds since some moment.
  ///   - header: what a new recording begins with.
  init(
    _ file: any RecordedFile, header: CastHeader, isTyped: Bool, redactor: Redactor, renderers: Renderers,
    now: @escaping @Sendable () -> Double
  ) throws(FileProblem) {
    self.file = file
    self.redactor = redactor
    self.now = now
    self.isTyped = isTyped
    self.renderers = renderers
    end = file.start.count
    origin = now() - (try Self.lastTime(of: file.start))
    let isCutOff = !file.start.isEmpty && file.start.last != UInt8(ascii: "\n")
    try append(file.start.isEmpty ? header.line : isCutOff ? "\n" : "")
  }

  mutating func typed(_ lines: [TypedLine]) throws(FileProblem) {
    for line in lines {
      try event(line.prompt.rendered(colour: true).filter { $0 != Prompt.escapeMark }, at: line.asked)
      try event(Printable.escapedLines(redactor.redact(line.text)) + "\n", at: line.given)
    }
  }

  mutating func begin(_ text: String, isIncluded: Bool) throws(FileProblem) {
    guard !isTyped else { return }
    try event("wh> " + Printable.escaped(redactor.redact(text)) + "\n", at: now())
  }

  mutating func show(_ things: [Shown], _ form: SessionOptions.OutputForm) throws(FileProblem) {
    for shown in things {
      let rendering = renderers.render(shown, form)
      try event(rendering.output(redactor) + redactor.redact(rendering.error), at: now())
    }
  }

  mutating func refuse(
    _ text: String, _ problems: [TextProblem], _ form: SessionOptions.OutputForm
  ) throws(FileProblem) {
    try show(problems.map { .diagnostic($0.diagnostic) }, form)
  }

  mutating func finish(isFailed: Bool) {}

  mutating func hideSecrets() throws(FileProblem) {
    let text = String(decoding: try file.read(), as: UTF8.self)
    let hidden = redactor.redact(text)
    guard hidden != text else { return }
    end = hidden.utf8.count
    try file.write(Array(hidden.utf8), at: 0)
  }

  mutating func end(dropping dropped: Int) { file.close() }

  private mutating func event(_ text: String, at time: Double) throws(FileProblem) {
    guard !text.isEmpty else { return }
    let milliseconds = Int(max(0, time - origin) * 1000)
    let fraction = String(String(1000 + milliseconds % 1000).dropFirst())
    let data = JSONText.string(text.replacing("\n", with: "\r\n")).text()
    try append("[\(milliseconds / 1000).\(fraction), \"o\", \(data)]\n")
  }

  private mutating func append(_ text: String) throws(FileProblem) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return }
    try file.write(bytes, at: end)
    end += bytes.count
  }

  /// The time of the last event of a recording, in seconds. A line that was cut off may have none.
  ///
  /// - Throws: `FileProblem` for a time that is not one of a recording.
  private static func lastTime(of bytes: [UInt8]) throws(FileProblem) -> Double {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let isEvent = { (line: ArraySlice<UInt8>) in
      line.first == UInt8(ascii: "[") && line.contains(UInt8(ascii: ","))
    }
    guard let index = lines.lastIndex(where: isEvent) else { return 0 }
    let text = String(decoding: lines[index].dropFirst().prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self)
    guard let time = Double(text), (0...longest).contains(time) else { throw .invalidTime(line: index + 1) }
    return time
  }

  /// In seconds: more than 30 years.
  private static let longest = 1e9
}

extension FileProblem {
  fileprivate static func invalidTime(line: Int) -> FileProblem {
    FileProblem("line \(line) is not an event of a recording: its time is invalid")
  }
}

/// What a recording begins with.
struct CastHeader: Sendable {
  /// Of the terminal, in characters.
  let columns: Int
  let rows: Int
  /// Seconds since 1970.
  let timestamp: Int

  var line: String {
    JSONText.object([
      ("version", .number(2)), ("width", .number(columns)), ("height", .number(rows)),
      ("timestamp", .number(timestamp)),
      ("title", .string("wh")),
    ]).text() + "\n"
  }

  /// True where a file is such a recording.
  static func begins(_ bytes: [UInt8]) -> Bool {
    let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    return line.hasPrefix("{") && line.filter { $0 != " " }.contains("\"version\":2,")
  }
}
