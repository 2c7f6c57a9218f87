import CTestSupport
import Foundation

/// Finds what the package builds, wherever its build folder is.
package enum BuiltProducts {
  /// The folder of the products that the running tests were built with.
  package static let folder: URL = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = max(Int(cts_image_path(&buffer, UInt(buffer.count))), 0)
    let image = String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var folder = URL(fileURLWithPath: image).deletingLastPathComponent()
    // On macOS the tests are code within a bundle, three folders further down.
    while folder.pathExtension == "xctest" || ["MacOS", "Contents"].contains(folder.lastPathComponent) {
      folder.deleteLastPathComponent()
    }
    return folder
  }()

  /// An executable of the package, such as `wh`.
  package static func url(for executable: String) -> URL { folder.appendingPathComponent(executable) }

  /// Its path.
  package static func path(of executable: String) -> String { url(for: executable).path }
}
