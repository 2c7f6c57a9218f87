import WhSyntax

/// `show runs`: lists the runs of the journal.
struct ShowRuns: UnavailableCommand {
  static let grammar = Grammar("show", "runs")
  static let help = Help(
    .looking, "List the runs that the journal holds.",
    examples: [Example("show runs")])

  init(_ arguments: Arguments) throws(Diagnostic) {
    throw Self.notAvailable(arguments)
  }
}
