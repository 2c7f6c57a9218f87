import Foundation
import WhDomain

/// What the system knows of a file. A link means the file that it points to.
package struct FileInformation {
  private let status: stat

  /// Nil if the file does not exist or can't be examined.
  package init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.status = status
  }

  /// - Throws: `FileProblem`.
  init(of descriptor: Int32) throws(FileProblem) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last }
    self.status = status
  }

  package var isRegular: Bool { status.st_mode & S_IFMT == S_IFREG }
  package var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }
  package var permissions: mode_t { status.st_mode & 0o777 }
  /// True where the group or any other user has a part in it.
  var isOpenToOthers: Bool { permissions & 0o077 != 0 }
  /// True where every user can change it, or of a folder replace what is in it.
  package var isWritableByAll: Bool { permissions & 0o002 != 0 && !(isFolder && status.st_mode & S_ISVTX != 0) }
  package var size: Int { Int(status.st_size) }

  /// True when two paths lead to one regular file.
  package static func isSame(_ path: String, _ other: String) -> Bool {
    guard let one = FileInformation(path), let two = FileInformation(other) else { return false }
    return one.isRegular && one.status.st_dev == two.status.st_dev && one.status.st_ino == two.status.st_ino
  }

  /// True if it is a regular file that is not empty.
  package static func isFilled(_ path: String) -> Bool {
    FileInformation(path).map { $0.isRegular && $0.size > 0 } ?? false
  }
}
