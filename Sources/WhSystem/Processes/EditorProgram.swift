import WhDomain

/// The user's text editor, as a command for the shell.
package struct EditorProgram: Sendable {
  /// The variable that names it; nil where none does.
  let variable: String?
  let program: String
  private let folder: String

  /// `VISUAL`, which a terminal must be able to show, else `EDITOR`, else `vi`.
  package init(_ environment: Environment) {
    let isDumb = environment["TERM"] ?? "dumb" == "dumb"
    variable = ((isDumb ? [] : ["VISUAL"]) + ["EDITOR"]).first { environment[$0] != nil }
    program = variable.flatMap { environment[$0] } ?? "vi"
    folder = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
  }

  /// What it saves may be so many bytes.
  private static let largest = 1 << 20

  /// Opens a text, in a file and a folder that are the user's alone and are removed afterwards.
  ///
  /// - Parameter run: runs a command of the shell on the terminal, and waits for its end.
  /// - Returns: what the editor saved, without line ends at its end.
  /// - Throws: `FileProblem` where it failed, or saved something else than text.
  package func edit(_ line: String, run: (_ command: String) async -> CommandEnd) async throws(FileProblem) -> String {
    let place = try PrivateFolder(in: folder)
    defer { place.remove() }
    let path = place.path + "/statement.wh"
    try FileWriter.write(path, line.isEmpty ? "" : line + "\n")
    let end = await run("\(program) \(path.shellWord)")
    if let problem = problem(of: end) { throw FileProblem(problem) }
    let bytes = try FileReader.read(path)
    guard bytes.count <= Self.largest else { throw FileProblem("what the editor saved is larger than 1 MiB") }
    guard let saved = String(validating: bytes, as: UTF8.self) else {
      throw FileProblem("what the editor saved is not UTF-8")
    }
    var text = saved.unicodeScalars
    while text.last == "\n" || text.last == "\r" { text.removeLast() }
    return String(text)
  }

  private func problem(of end: CommandEnd) -> String? {
    switch end {
    case .exited(0): nil
    // As the shell has it for a program that is not there, or may not be started.
    case .exited(126), .exited(127): "the editor `\(program)` can't be started: set VISUAL or EDITOR"
    case .exited(let status): "the editor `\(program)` exited with status \(status)"
    case .killed(let signal): "the editor `\(program)` was killed by signal \(signal)"
    case .notStarted(let reason): "the editor `\(program)` did not start: \(reason)"
    }
  }
}
