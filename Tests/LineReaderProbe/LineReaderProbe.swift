import Synchronization
import WhShell

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads lines with `EditLineReader` and says what it got, so that tests can drive the editor on a pseudo-terminal.
///
/// `--prompt TEXT`, `--history FILE`, `--above FIFO` (prints what it reads there above the prompt, exits on `exit`,
/// closes the reader on `close` and cancels the read on `cancel`), `--colour` and, with it, `--decorate`. The line `continue`
/// shows a continuation prompt, `take` takes what was typed ahead, `hide WORD` makes a secret of a word; `quit` ends.
@main
struct LineReaderProbe {
  static func main() async throws {
    // As in wh, a Ctrl-C that comes between two lines is for nothing.
    signal(SIGINT, SIG_IGN)
    var arguments = CommandLine.arguments.dropFirst()
    var prompt = "probe> "
    var history: HistoryFile?
    var above: String?
    var isColoured = false
    var isDecorated = false
    while let option = arguments.popFirst() {
      switch option {
      case "--prompt": prompt = arguments.popFirst() ?? prompt
      case "--history": history = arguments.popFirst().map { HistoryFile(path: $0, isSecret: isSecret) }
      case "--above": above = arguments.popFirst()
      case "--colour": isColoured = true
      case "--decorate": isDecorated = true
      default: exit(64)
      }
    }
    let reader = try EditLineReader(
      history: history, colour: isColoured, secretGeneration: { secrets.withLock { $0.count } },
      decorator: isDecorated ? decorate : undecorated, completer: complete)
    if let above { printLines(of: above, above: reader) }
    let first = Prompt([.init(prompt, .init(colour: .green, bold: true))])
    var next = first
    while true {
      let prompt = next
      let task = Task { try await reader.readLine(prompt: prompt) }
      reading.withLock { $0 = task }
      guard let event = try? await task.value else {
        say("cancelled")
        continue
      }
      switch event {
      case .line("quit"):
        exit(0)
      case .line(let line):
        say("got: \(line)")
        reader.addHistory(line)
        next = line == "continue" ? Prompt("...> ", isContinuation: true) : first
        if line.hasPrefix("hide ") { secrets.withLock { $0.append(String(line.dropFirst(5))) } }
        if line == "take" {
          let isWaiting = reader.hasPendingInput
          say("took: \(reader.takePendingInput().debugDescription) \(isWaiting)")
        }
      case .edit(let line):
        say("edit: \(line)")
        reader.begin(with: line + " edited")
      case .interrupted:
        say("interrupted")
        next = first
      case .endOfInput:
        say("end")
        exit(0)
      case .closed:
        say("closed")
        exit(0)
      }
    }
  }

  /// What no line of the history may hold.
  private static let secrets = Mutex(["secret"])

  @Sendable private static func isSecret(_ line: String) -> Bool {
    secrets.withLock { $0.contains { line.contains($0) } }
  }

  /// The line that is being read, so that it can be cancelled.
  private static let reading = Mutex<Task<LineEvent, any Error>?>(nil)

  private static let candidates = [
    Candidate("commit", hint: "sends what is staged"), Candidate("config", hint: "options"),
    Candidate("show"), Candidate("status"), Candidate("\"näme ü\"", display: "näme ü"),
  ]

  private static func complete(line: String, cursorByteOffset: Int) -> CompletionResult {
    let before = line.utf8.prefix(cursorByteOffset)
    let start = before.lastIndex(of: UInt8(ascii: " ")).map { line.utf8.index(after: $0) } ?? line.startIndex
    let word = String(line[start..<before.endIndex])
    if word.hasPrefix("many") {
      let all = (100..<400).map { Candidate("many\($0)") }
      return CompletionResult(replaceFrom: line.utf8.distance(from: line.startIndex, to: start), candidates: all)
    }
    return CompletionResult(
      replaceFrom: line.utf8.distance(from: line.startIndex, to: start),
      candidates: word.isEmpty
        ? candidates : candidates.filter { $0.text.hasPrefix(word) || $0.display.hasPrefix(word) })
  }

  /// Letters up to `m` are blue, digits are underlined, and `next word` follows a space at the end.
  private static func decorate(line: String, cursorByteOffset: Int) -> LineDecoration {
    var decoration = LineDecoration(hint: line.hasSuffix(" ") ? "next word" : "")
    for (index, byte) in line.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "m"):
        decoration.parts.append(.init(index..<index + 1, .init(colour: .blue, bold: true)))
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        decoration.parts.append(.init(index..<index + 1, .init(underlined: true)))
      default: continue
      }
    }
    return decoration
  }

  private static func undecorated(line: String, cursorByteOffset: Int) -> LineDecoration { LineDecoration() }

  private static func say(_ text: String) {
    let bytes = Array("\(text)\n".utf8)
    _ = write(STDOUT_FILENO, bytes, bytes.count)
  }

  /// A FIFO gives a line when the test writes one, so that no test depends on time.
  private static func printLines(of path: String, above reader: EditLineReader) {
    let pipe = open(path, O_RDWR)
    guard pipe >= 0 else { exit(66) }
    Task.detached {
      var bytes = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = read(pipe, &bytes, bytes.count)
        guard count > 0 else { return }
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        if text == "exit\n" { exit(3) }
        if text == "close\n" {
          reader.close()
          continue
        }
        if text == "cancel\n" {
          reading.withLock { $0?.cancel() }
          continue
        }
        reader.printAbove(text)
      }
    }
  }
}
