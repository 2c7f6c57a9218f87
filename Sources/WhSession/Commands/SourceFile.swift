import WhSyntax

/// `source "FILE"`: includes another script.
struct SourceFile: LocalCommand {
  static let grammar = Grammar("source", .slot("file", .file))
  static let help = Help(
    .scripting, "Run another script at this point.",
    details: ["The file name is relative to the including script. A script must not include itself."],
    examples: [Example(#"source "rename-events.wh""#)])

  let inclusion: Inclusion?

  init(_ arguments: Arguments) throws(Diagnostic) {
    let word = try arguments.word("file")
    inclusion = Inclusion(path: try arguments.path(of: word), place: word.span)
  }

  /// The statements of the file follow this one already: they were read when it was.
  func run(in context: LocalContext) async -> Reply { [] }
}
