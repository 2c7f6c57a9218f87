import WhSyntax

/// The output target and format of a statement, if it has its own.
package struct OutputTarget: Sendable {
  package enum Place: Sendable {
    case screen
    /// A file that is not there yet, or is empty.
    case newFile(String)
    /// A file, whatever is in it.
    case file(String)
    case endOfFile(String)
    /// The standard input of a command for the shell.
    case command(String)
  }

  package let place: Place
  /// Nil for the session's.
  package let form: SessionOptions.OutputForm?
  /// Where the file or the command is named.
  package let span: Span

  package var isOnScreen: Bool { if case .screen = place { true } else { false } }
}

extension Arguments {
  private var form: SessionOptions.OutputForm? {
    guard has("as") else { return nil }
    return has("json") ? .json : has("csv") ? .csv : .text
  }

  /// The output format and target that `as json`, `> FILE` and similar specify.
  func outputTarget() throws(Diagnostic) -> OutputTarget? {
    guard let word = match.outputWord else {
      return form.map { OutputTarget(place: .screen, form: $0, span: match.span) }
    }
    if match.output == .command { SecretScanner(vocabulary.grammars, redactor).learn(fromCommand: word.span.text) }
    let place: OutputTarget.Place =
      switch match.output {
      case .create, nil: .newFile(try path(of: word))
      case .replace: .file(try path(of: word))
      case .append: .endOfFile(try path(of: word))
      case .command: .command(word.literal ?? word.span.text)
      }
    return OutputTarget(place: place, form: form, span: word.span)
  }
}
