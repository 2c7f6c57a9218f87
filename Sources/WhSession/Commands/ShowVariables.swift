import WhDomain
import WhSyntax

/// `show variables`: lists the variables.
struct ShowVariables: PrintCommand {
  static let grammar = Grammar.printing("show", "variables")
  static let help = Help(
    .looking, "List the variables and their values.",
    examples: [Example("show variables", setup: "let host = example.com")])

  private let variables: [Output.Setting]

  init(_ arguments: Arguments) {
    let texts = arguments.scope.variables
      .map { Output.Setting(name: $0.key, value: arguments.scope.isSecret($0.key) ? Redactor.mask : $0.value) }
    let lookups = arguments.scope.lookups.values
      .map {
        Output.Setting(name: $0.name, value: "\($0.values.count.counting("value")) in \($0.file) by \($0.key.rawValue)")
      }
    variables = (texts + lookups).sorted { $0.name < $1.name }
  }

  func run(in context: LookContext) async -> Reply { [.variables(variables)] }
}
