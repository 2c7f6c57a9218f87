/// Where a console writes.
package struct OutputStreams: Sendable {
  /// Results.
  package let output: Console.Writer
  /// Diagnostics and notes.
  package let error: Console.Writer
  /// Why `output` failed, in the system's words; nil if its reader has gone.
  package let outputProblem: @Sendable () -> String?

  package init(
    output: @escaping Console.Writer, error: @escaping Console.Writer,
    outputProblem: @escaping @Sendable () -> String? = { nil }
  ) {
    self.output = output
    self.error = error
    self.outputProblem = outputProblem
  }

  /// Streams that drop what they get.
  package static let none = OutputStreams(output: { _ in true }, error: { _ in true })
}
