import Foundation
import WhDomain

/// What the system knows of a file. A path that is a link stands for the file that it leads to.
package struct FileInformation {
  private let status: stat

  /// Nil where there is no such file, or it can't be looked at.
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
  package var size: Int { Int(status.st_size) }

  /// True when two paths lead to one regular file.
  package static func isSame(_ path: String, _ other: String) -> Bool {
    guard let one = FileInformation(path), let two = FileInformation(other) else { return false }
    return one.isRegular && one.status.st_dev == two.status.st_dev && one.status.st_ino == two.status.st_ino
  }

  /// True when a regular file is there that has something in it.
  package static func isFilled(_ path: String) -> Bool {
    FileInformation(path).map { $0.isRegular && $0.size > 0 } ?? false
  }
}
