import Foundation
import WhDomain
import WhFiles

/// Folders, made and listed.
package enum Folder {
  /// Makes a folder and those above it, for their owner alone.
  ///
  /// - Throws: `FileProblem`.
  package static func make(_ path: String) throws(FileProblem) {
    let error = NewFolder.make(path)
    guard error == 0 else { throw .system(error) }
  }

  /// The names in a folder, in no order; none when it can't be read.
  package static func list(_ path: String) -> [(name: String, isFolder: Bool)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.map { ($0, FileInformation(path + "/" + $0)?.isFolder ?? false) }
  }
}
