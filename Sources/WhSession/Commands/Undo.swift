import WhSyntax

/// `undo [RUN]`: stages the edits that put back what a run changed.
struct Undo: UnavailableCommand {
  static let grammar = Grammar("undo", .optional([.slot("run", .run)]))
  static let help = Help(
    .committing, "Stage the edits that put back what a run changed; the newest run, if none is named.",
    examples: [Example("undo")])

  init(_ arguments: Arguments) throws(Diagnostic) {
    throw Self.notAvailable(arguments)
  }
}
