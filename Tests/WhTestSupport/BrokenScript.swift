/// A script with errors, and exactly what `wh` has to find in it.
package struct BrokenScript: Sendable, CustomStringConvertible {
  package struct Finding: Hashable, Sendable {
    /// The stable name of the kind of error.
    package let code: String
    /// Both counted from 1; columns count Unicode scalars.
    package let line: Int
    package let column: Int
    /// The words under the caret; empty where something is missing.
    package let caret: String
    /// A part of the text after the caret.
    package let label: String?
    /// The file beside the script that the error is in; nil for the script itself.
    package let file: String?

    package init(
      _ code: String, _ line: Int, _ column: Int, _ caret: String, label: String? = nil, file: String? = nil
    ) {
      self.code = code
      self.line = line
      self.column = column
      self.caret = caret
      self.label = label
      self.file = file
    }
  }

  /// The script's own file name, where the scripts beside it know it.
  package static let name = "broken.wh"

  package let bytes: [UInt8]
  /// Texts of files beside the script, by name.
  package let files: [String: String]
  /// All errors, in order.
  package let findings: [Finding]

  package init(bytes: [UInt8], files: [String: String] = [:], _ findings: Finding...) {
    self.bytes = bytes
    self.files = files
    self.findings = findings
  }

  package init(_ text: String, files: [String: String] = [:], _ findings: Finding...) {
    bytes = Array(text.utf8)
    self.files = files
    self.findings = findings
  }

  /// A script with one error.
  package init(_ text: String, _ code: String, _ line: Int, _ column: Int, _ caret: String, _ label: String? = nil) {
    bytes = Array(text.utf8)
    files = [:]
    findings = [Finding(code, line, column, caret, label: label)]
  }

  package var description: String { String(decoding: bytes, as: UTF8.self).debugDescription }
}
