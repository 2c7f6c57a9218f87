import ArgumentParser
import WhSyntax

/// The value of `--var`: NAME=VALUE.
struct VariableArgument: ExpressibleByArgument {
  let name: String
  let value: String

  init?(argument: String) {
    guard let equals = argument.firstIndex(of: "=") else { return nil }
    name = String(argument[..<equals])
    value = String(argument[argument.index(after: equals)...])
    guard VariableName.isValid(name) else { return nil }
  }
}
