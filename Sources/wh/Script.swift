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

  /// Reads all scripts; says which can't be read, and then ends.
  static func sources(_ scripts: [Script], _ console: Console) throws -> [Source] {
    let sources = readable(scripts, console)
    guard sources.count == scripts.count else { throw ExitStatus.unreadableFile }
    return sources
  }

  /// Reads the scripts that can be read, and says which can't.
  static func readable(_ scripts: [Script], _ console: Console) -> [Source] {
    scripts.compactMap { script in
      do throws(FileProblem) {
        return try script.source()
      } catch {
        console.printError(
          "error[unreadable-file]: `\(Printable.escaped(script.name))` can't be read: \(error.reason)\n")
        return nil
      }
    }
  }
}
