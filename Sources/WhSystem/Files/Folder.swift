import Foundation
import WhDomain

/// Folders, made and listed.
package enum Folder {
  /// Makes a folder and those above it, for their owner alone.
  ///
  /// - Throws: `FileProblem`.
  package static func make(_ path: String) throws(FileProblem) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, path.contains("/") else { throw .last }
    try make(FilePath.folder(of: path))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last }
  }

  /// The names in a folder, in no order; none when it can't be read.
  package static func list(_ path: String) -> [(name: String, isFolder: Bool)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.map { ($0, FileInformation(path + "/" + $0)?.isFolder ?? false) }
  }
}
