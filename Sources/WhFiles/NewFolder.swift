import Foundation
import WhDomain

/// The one way in which folders are made.
package enum NewFolder {
  /// Makes a folder and those above it, for their owner alone; an empty path is the working folder.
  ///
  /// - Parameter made: is called with the folder above each one that was missing.
  /// - Returns: 0, or the system's error.
  package static func make(_ path: String, made: (_ above: String) -> Void = { _ in }) -> Int32 {
    if path.isEmpty || mkdir(path, 0o700) == 0 || errno == EEXIST { return 0 }
    guard errno == ENOENT else { return errno }
    let above = FilePath.folder(of: path)
    let error = make(above, made: made)
    guard error == 0 else { return error }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { return errno }
    made(above)
    return 0
  }
}
