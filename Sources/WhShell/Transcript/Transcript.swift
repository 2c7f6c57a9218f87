import WhSession
import WhSyntax

/// A transcript that was read: the sessions in it, and every line in its place.
package struct Transcript: Sendable {
  /// How a session was run, which decides what its statements say.
  package enum Mode: String, Sendable {
    case prompt, batch, plan
  }

  /// A statement, or a line of them, with what it printed.
  package struct Entry: Sendable {
    /// Of its first line in the file, counted from 1.
    package let line: Int
    /// As it was typed.
    package let text: String
    /// True for one that failed, as its form says or the error below it.
    package fileprivate(set) var isFailed: Bool
    /// False for statements that were not typed, but restore the state of the session.
    package let isRecorded: Bool
    package fileprivate(set) var expected: [ExpectedLine] = []
    /// The places of its lines, and of those expected, among the lines of the file.
    let places: Range<Int>
    fileprivate(set) var expectedPlaces: [Int] = []
  }

  /// What a transcript says that is printed.
  package enum ExpectedLine: Hashable, Sendable {
    case line(PrintedLine)
    /// One line or more that fit a pattern.
    case pattern(String)

    var comment: String {
      switch self {
      case .line(let line): line.comment
      case .pattern(let glob): "\(Transcript.pattern) \(glob)"
      }
    }
  }

  /// One session of those that a file holds.
  package struct Part: Sendable {
    package fileprivate(set) var mode = Mode.prompt
    package fileprivate(set) var entries: [Entry] = []
  }

  package let name: String
  package private(set) var parts: [Part] = []
  let lines: [String]
  /// The indexes of those that go on with a statement of the line before.
  private let continued: Set<Int>

  // MARK: The lines that a transcript is made of

  static let first = "#: wh transcript "
  static let version = 1
  static let mode = "#: mode "
  static let failed = "#?"
  static let pattern = "#~"
  static let unrecorded = "#: not typed"
  static let recorded = "#: typed"

  /// The lines that begin a session.
  static func head(_ time: String, _ host: String, _ mode: Mode) -> String {
    "\(first)\(version), \(time), \(Printable.escaped(host))\n\(self.mode)\(mode.rawValue)\n"
  }

  /// True for a comment that a transcript gives a meaning to.
  static func isOwnComment(_ line: String) -> Bool {
    ["#:", failed, pattern, PrintedLine.Stream.output.rawValue, PrintedLine.Stream.error.rawValue]
      .contains { line.begins(with: $0) }
  }

  /// True where a file begins as a transcript of this version.
  package static func begins(_ bytes: [UInt8]) -> Bool {
    bytes.drop { Source.byteOrderMark.contains($0) }.starts(with: "\(first)\(version),".utf8)
  }

  // MARK: Reading

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    let text = bytes.drop { Source.byteOrderMark.contains($0) }
    lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      let end = line.lastIndex { $0 != UInt8(ascii: "\r") }.map { $0 + 1 } ?? line.startIndex
      return String(decoding: line[..<end], as: UTF8.self)
    }
    // As they are written again, whatever bytes were in them.
    continued = Self.continuations(in: Source(name: name, text: lines.joined(separator: "\n")))
    read()
  }

  /// Found in one pass, however many lines a statement has. A quote that is never closed goes no further than its line.
  private static func continuations(in source: Source) -> Set<Int> {
    var continued: Set<Int> = []
    var line = 0
    func pass(_ range: Range<Int>, isEnd: Bool) {
      for byte in source.bytes[range] where byte == UInt8(ascii: "\n") {
        line += 1
        if !isEnd { continued.insert(line) }
      }
    }
    var end = 0
    let tokens = Lexer.lex(source).tokens
    // No line of a text with a stray carriage return is read, and so none goes on.
    guard !tokens.isEmpty else { return [] }
    for token in tokens {
      pass(end..<token.span.range.lowerBound, isEnd: false)
      if case .terminator = token.kind {
        pass(token.span.range, isEnd: true)
      } else {
        pass(token.span.range, isEnd: false)
      }
      end = token.span.range.upperBound
    }
    pass(end..<source.bytes.count, isEnd: false)
    return continued
  }

  private mutating func read() {
    var isRecorded = true
    var index = 0
    while index < lines.count {
      let line = lines[index]
      if line.begins(with: Self.first) {
        parts.append(Part())
        isRecorded = true
      } else if !parts.isEmpty {
        if line == Self.unrecorded { isRecorded = false }
        if line == Self.recorded { isRecorded = true }
        parts[parts.count - 1].add(&index, of: lines, continued, isRecorded: isRecorded)
      }
      index += 1
    }
  }
}

extension Transcript.Part {
  /// Takes the line at an index, and steps over those that belong to it.
  fileprivate mutating func add(
    _ index: inout Int, of lines: [String], _ continued: Set<Int>, isRecorded: Bool
  ) {
    let (line, start) = (lines[index], index)
    if let word = line.dropping(Transcript.mode), let mode = Transcript.Mode(rawValue: word) {
      self.mode = mode
    } else if let expected = Self.expected(line) {
      guard let last = entries.indices.last else { return }
      if case .line(let line) = expected, line.isErrorHead { entries[last].isFailed = true }
      entries[last].expected.append(expected)
      entries[last].expectedPlaces.append(index)
    } else if var text = line.dropping(Transcript.failed) {
      while index + 1 < lines.count, let more = lines[index + 1].dropping(Transcript.failed) {
        text += "\n" + more
        index += 1
      }
      entries.append(
        Transcript.Entry(
          line: start + 1, text: text, isFailed: true, isRecorded: isRecorded, places: start..<index + 1))
    } else if !line.isBlankOrComment {
      var text = line
      // The head of a session stands alone, also after a statement that was to go on.
      while index + 1 < lines.count, continued.contains(index + 1), !lines[index + 1].begins(with: Transcript.first) {
        index += 1
        text += "\n" + lines[index]
      }
      entries.append(
        Transcript.Entry(
          line: start + 1, text: text, isFailed: false, isRecorded: isRecorded, places: start..<index + 1))
    }
  }

  private static func expected(_ line: String) -> Transcript.ExpectedLine? {
    if let glob = line.dropping(Transcript.pattern) { return .pattern(glob) }
    for stream in [PrintedLine.Stream.output, .error] {
      if let text = line.dropping(stream.rawValue) { return .line(PrintedLine(stream, text)) }
    }
    return nil
  }
}

extension String {
  /// The text after a mark and one space; nil if the line does not begin with the mark.
  fileprivate func dropping(_ mark: String) -> String? {
    guard begins(with: mark) else { return nil }
    let rest = unicodeScalars.dropFirst(mark.unicodeScalars.count)
    return String(rest.first == " " ? rest.dropFirst() : rest)
  }

  /// Compares bytes: a mark with an accent after it is still a mark.
  fileprivate func begins(with mark: String) -> Bool { utf8.starts(with: mark.utf8) }

  fileprivate var isBlankOrComment: Bool {
    guard let first = unicodeScalars.first(where: { !$0.properties.isWhitespace }) else { return true }
    return first == "#"
  }
}
