/// Why a file could not be read or written, in the system's words.
package struct FileProblem: Error, Equatable, Sendable {
  package let reason: String

  package init(_ reason: String) {
    self.reason = reason
  }
}
