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
