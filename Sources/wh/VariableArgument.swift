import ArgumentParser
import WhSyntax

/// The value of `--var`: NAME=VALUE. One of another form is taken too, since a refusal here would show a secret in it.
struct VariableArgument: ExpressibleByArgument {
  let name: String
  let value: String

  init(argument: String) {
    let equals = argument.firstIndex(of: "=") ?? argument.startIndex
    name = String(argument[..<equals])
    value = String(argument[equals...].dropFirst())
  }

  func validate() throws {
    guard !name.isEmpty else { throw ValidationError("--var takes NAME=VALUE.") }
    guard VariableName.isValid(name) else {
      throw ValidationError("`\(Printable.escaped(name))` in --var is not a valid variable name.")
    }
    guard !value.isEmpty else {
      throw ValidationError("--var \(name) is empty. In a script, `let \(name) = \"\"` sets an empty value.")
    }
  }
}
