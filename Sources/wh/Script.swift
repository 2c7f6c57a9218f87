import ArgumentParser
import WhDomain
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// A script that the command line names.
struct Script {
  let name: String
  /// Its text, where it did not come from a file.
  var text: String?

  init(name: String, text: String? = nil) {
    self.name = name
    self.text = text
  }

  static let standardInput = Script(name: "-")

  /// Reads the script.
  ///
  /// - Throws: `FileProblem` in the system's words.
  func source() throws(FileProblem) -> Source {
    if let text { return Source(name: name, text: text) }
    if name == "-" { return Source(name: "-", bytes: try FileReader.readStandardInput()) }
    return Source(name: name, bytes: try FileReader.read(name), folder: FilePath.folder(of: name))
  }

  /// Reads the scripts that can be read, and tells what is wrong with the others.
  static func read(_ scripts: [Script]) -> (sources: [Source], problems: [Diagnostic]) {
    var (sources, problems): ([Source], [Diagnostic]) = ([], [])
    for script in scripts {
      do throws(FileProblem) {
        sources.append(try script.source())
      } catch {
        problems.append(
          Diagnostic(.unreadableFile, "`\(script.name)` can't be read: \(error.reason)", at: .whole(of: script.name)))
      }
    }
    return (sources, problems)
  }
}

extension Span {
  /// A file without a place in it.
  static func whole(of file: String) -> Span { Span(Source(name: file, bytes: []), 0..<0) }
}
