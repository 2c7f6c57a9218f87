import Foundation
import WhDomain

/// A folder for its owner alone, until it is removed with all that it holds.
struct PrivateFolder {
  let path: String

  /// - Parameter folder: where it is made.
  /// - Throws: `FileProblem`.
  init(in folder: String) throws(FileProblem) {
    var template = Array("\(folder)/wh.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .last }
    path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
