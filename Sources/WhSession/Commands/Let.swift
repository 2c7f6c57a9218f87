import WhDomain
import WhSyntax

/// `let NAME = VALUE`: sets a variable.
struct Let: LocalCommand {
  static let grammar = Grammar("let", .slot("name", .variable), .symbol("="), .slot("value", .word))
  static let help = Help(
    .scripting, "Set a variable, used as `${NAME}` in bare and double-quoted words.",
    details: [
      "The value is never parsed again. In a list of apps, webhooks or events, a variable that is a whole item may hold "
        + "several with commas between, such as `\"a, b\"`.",
      "A variable of `--var` overrides `let`.",
    ],
    examples: [
      Example("let host = hooks.example.com; set url https://${host}/in", setup: Example.demoSelection)
    ])

  let name: String
  let value: String

  init(_ arguments: Arguments) throws(Diagnostic) {
    name = try arguments.variableName()
    let valueWord = try arguments.word("value")
    if Header.isSecret(name: name) { arguments.hide(valueWord) }
    value = try arguments.text(of: valueWord)
  }

  func updateScope(_ scope: inout Scope) { scope.set(name, to: value) }

  func run(in context: LocalContext) async -> Reply {
    context.state.scope.set(name, to: value)
    return []
  }
}

extension Arguments {
  /// The name of the variable that a statement sets.
  func variableName() throws(Diagnostic) -> String {
    let word = try word("name")
    let name = try text(of: word)
    guard VariableName.isValid(name) else { throw .badName(name, word.span) }
    return name
  }
}

extension Diagnostic {
  fileprivate static func badName(_ name: String, _ span: Span) -> Diagnostic {
    let isReserved = Placeholder(rawValue: name) != nil
    return Diagnostic(
      isReserved ? .reservedVariable : .badVariableName,
      isReserved
        ? "`\(name)` is a built-in variable and can't be set"
        : "`\(Printable.escaped(name))` is not a valid variable name", at: span,
      label: "use letters, digits and `_`; the first character must not be a digit")
  }
}
