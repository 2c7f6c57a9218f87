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
  package let isJSON: Bool
  /// Where the file or the command is named.
  package let span: Span

  package var isOnScreen: Bool { if case .screen = place { true } else { false } }
}

extension Arguments {
  /// The output format and target that `as json`, `> FILE` and similar specify.
  func outputTarget() throws(Diagnostic) -> OutputTarget? {
    let isJSON = has("as") && has("json")
    guard let word = words(Match.Output.slot).first else {
      return isJSON ? OutputTarget(place: .screen, isJSON: true, span: match.span) : nil
    }
    if match.output == .command { SecretScanner(vocabulary.grammars, redactor).learn(fromCommand: word.span.text) }
    let place: OutputTarget.Place =
      switch match.output {
      case .create, nil: .newFile(try path(of: word))
      case .replace: .file(try path(of: word))
      case .append: .endOfFile(try path(of: word))
      case .command: .command(word.literal ?? word.span.text)
      }
    return OutputTarget(place: place, isJSON: isJSON, span: word.span)
  }
}
