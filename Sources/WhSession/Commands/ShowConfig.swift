import WhSyntax

/// `show config`: lists the options of the session.
struct ShowConfig: PrintCommand {
  static let grammar = Grammar.printing("show", "config")
  static let help = Help(
    .looking, "List the session options and their values.", examples: [Example("show config", setup: "")])

  init(_ arguments: Arguments) {}

  func run(in context: LookContext) async -> Reply {
    [.options(SessionOptions.all.map { $0.row(context.options) })]
  }
}

extension SessionOptions.Descriptor {
  func row(_ options: SessionOptions) -> Output.OptionRow {
    Output.OptionRow(name: name, value: current(options), summary: summary)
  }
}
