import Foundation
import WhDomain
import WhSyntax

/// A folder of scripts, read whole.
package struct ScriptFolder: Sendable {
  /// As it was named, without a slash at its end.
  package let path: String
  /// The same without links.
  package let absolutePath: String
  /// In no order.
  package let sources: [Source]

  /// - Parameter isScript: decides by the file name whether it is a script.
  /// - Throws: `ScriptFolderProblem`.
  package init(_ path: String, isScript: (String) -> Bool) throws(ScriptFolderProblem) {
    guard let information = FileInformation(path) else { throw .missing(path) }
    guard information.isFolder, let resolved = realpath(path, nil) else { throw .notFolder(path) }
    defer { free(resolved) }
    absolutePath = String(cString: resolved)
    self.path = Self.trimmed(path)
    var sources: [Source] = []
    for (name, isFolder) in Folder.list(path) where !isFolder && isScript(name) {
      let file = self.path + "/" + name
      do {
        sources.append(Source(name: file, bytes: try FileReader.read(file), folder: self.path))
      } catch {
        throw .unreadable(file, error)
      }
    }
    self.sources = sources
  }

  private static func trimmed(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}

/// Why a folder of scripts can't be read.
package enum ScriptFolderProblem: Error, Equatable, Sendable {
  case notFolder(String)
  case missing(String)
  case unreadable(_ file: String, FileProblem)
}

// MARK: - Wording

extension ScriptFolderProblem {
  /// One sentence.
  package var message: String {
    switch self {
    case .notFolder(let path): "`\(path)` is not a folder"
    case .missing(let path): "`\(path)` does not exist"
    case .unreadable(let file, let problem): "`\(file)` can't be read: \(problem.reason)"
    }
  }
}
