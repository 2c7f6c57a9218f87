import WhSyntax

/// A line that a statement printed.
package struct PrintedLine: Hashable, Sendable {
  package enum Stream: String, Sendable {
    /// Results.
    case output = "#>"
    /// Diagnostics.
    case error = "#!"
  }

  package let stream: Stream
  package let text: String

  package init(_ stream: Stream, _ text: String) {
    self.stream = stream
    self.text = text
  }

  /// The line as a transcript holds it.
  package var comment: String { text.isEmpty ? stream.rawValue : "\(stream.rawValue) \(text)" }

  /// True for the first line of an error.
  var isErrorHead: Bool { stream == .error && text.hasPrefix("error[") }

  /// True for what a diagnostic says below its first line: the label and the notes.
  var isDetail: Bool { stream == .error && text.hasPrefix("  ") }

  /// The lines of a text that has passed the redactor.
  static func lines(_ text: String, _ stream: Stream) -> [PrintedLine] {
    var pieces = text.split(separator: "\n", omittingEmptySubsequences: false)
    if pieces.last?.isEmpty == true { pieces.removeLast() }
    return pieces.map { PrintedLine(stream, Printable.escaped(String($0))) }
  }
}
