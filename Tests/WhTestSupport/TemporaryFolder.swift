import Foundation

/// A folder that is removed when the last test that uses it releases it.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    var template = Array("\(FileManager.default.temporaryDirectory.path)/wh-test.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  package func url(_ name: String) -> URL { URL(fileURLWithPath: path).appendingPathComponent(name) }

  package func path(_ name: String) -> String { url(name).path }
}
