import WhSyntax

/// `show variables`: lists the variables.
struct ShowVariables: PrintCommand {
  static let grammar = Grammar.printing("show", "variables")
  static let help = Help(
    .looking, "List the variables and their values.",
    examples: [Example("show variables", setup: "let host = example.com")])

  private let variables: [Output.Setting]

  init(_ arguments: Arguments) {
    variables = arguments.scope.variables.sorted { $0.key < $1.key }
      .map { Output.Setting(name: $0.key, value: arguments.scope.isSecret($0.key) ? Redactor.mask : $0.value) }
  }

  func run(in context: LookContext) async -> Reply { [.variables(variables)] }
}
