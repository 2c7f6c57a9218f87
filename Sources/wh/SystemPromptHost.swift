import WhDomain
import WhSession
import WhShell
import WhSystem

/// The prompt's services, by this process's terminal, files and shell.
struct SystemPromptHost: PromptHost {
  let reader: any LineReader
  let interruption: Interruption

  func history(newest count: Int) -> [String] { reader.history(newest: count) }

  func run(command: String) async -> CommandEnd {
    await Redirection.run(command, nil, isInteractive: true, interruption)
  }

  func edit(_ line: String) async throws(FileProblem) {
    // Its keys would be those that were typed ahead.
    guard !reader.hasPendingInput else { throw FileProblem("something was typed ahead") }
    let last = reader.history(newest: Self.searched).last { $0.lowercased() != "edit" }
    let text = try await EditorProgram(ThisProcess.environment).edit(line.isEmpty ? last ?? "" : line) {
      await run(command: $0)
    }
    reader.begin(with: text)
  }

  /// How many lines of the history are looked at for one to edit.
  private static let searched = 100

  func save(_ statement: String, replacing words: String) throws(FileProblem) -> String {
    let path = ThisProcess.paths.initScript
    var lines: [String] = []
    if FileInformation(path) != nil {
      let bytes = try FileReader.readTrusted(path)
      guard let text = String(validating: bytes, as: UTF8.self) else { throw FileProblem("it is not UTF-8") }
      lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if lines.last?.isEmpty ?? false { lines.removeLast() }
    }
    if let place = lines.lastIndex(where: { $0.lowercased().hasPrefix(words + " ") }) {
      lines[place] = statement
    } else {
      lines.append(statement)
    }
    try Folder.make(FilePath.folder(of: path))
    try FileWriter.write(path, lines.map { $0 + "\n" }.joined())
    return path
  }
}
