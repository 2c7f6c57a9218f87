import ArgumentParser
import WhSession
import WhSyntax
import WhSystem

/// The values of a script's variables.
struct VariableOptions: SessionOptionGroup {
  @Option(name: .customLong("var"), help: ArgumentHelp("Set a variable.", valueName: "name=value"))
  var plain: [VariableArgument] = []

  @Option(
    name: .customLong("var-env"),
    help: ArgumentHelp("Set a secret variable to the environment variable of the same name.", valueName: "name"))
  var environment: [String] = []

  @Option(
    name: .customLong("var-file"),
    help: ArgumentHelp("Set a secret variable to the text of a file.", valueName: "name=file"))
  var files: [VariableArgument] = []

  @Option(
    name: .customLong("var-command"),
    help: ArgumentHelp("Set a secret variable to what a shell command prints.", valueName: "name=command"))
  var commands: [VariableArgument] = []

  private var variables: [CommandLineVariable] {
    plain.map { CommandLineVariable($0.name, .text($0.value)) }
      + environment.map { CommandLineVariable($0, .environment) }
      + files.map { CommandLineVariable($0.name, .file($0.value)) }
      + commands.map { CommandLineVariable($0.name, .command($0.value)) }
  }

  func validate() throws {
    var options: [String: String] = [:]
    for variable in variables {
      try variable.validate()
      // Of several `--var` with one name the last counts, as ever.
      if let other = options[variable.name], variable.isSecret {
        let both = other == variable.option ? "twice by \(other)" : "by \(other) and by \(variable.option)"
        throw ValidationError("The variable `\(variable.name)` is set \(both).")
      }
      options[variable.name] = variable.option
    }
  }

  func apply(to arguments: inout SessionArguments) { arguments.variables = variables }
}

/// The value of `--var` and similar options: NAME=VALUE. One of another form is taken too, since a refusal here would show a
/// secret in it.
struct VariableArgument: ExpressibleByArgument {
  let name: String
  let value: String

  init(argument: String) {
    let equals = argument.firstIndex(of: "=") ?? argument.startIndex
    name = String(argument[..<equals])
    value = String(argument[equals...].dropFirst())
  }
}

extension CommandLineVariable {
  fileprivate func validate() throws {
    guard !name.isEmpty else { throw ValidationError("\(option) takes \(form).") }
    guard VariableName.isValid(name) else {
      throw ValidationError("`\(Printable.escaped(name))` in \(option) is not a valid variable name.")
    }
    switch source {
    case .text(let text) where text.isEmpty:
      throw ValidationError("--var \(name) is empty. In a script, `let \(name) = \"\"` sets an empty value.")
    case .file(let text) where text.isEmpty, .command(let text) where text.isEmpty:
      throw ValidationError("\(option) takes \(form).")
    case .text, .environment, .file, .command: return
    }
  }

  private var form: String {
    switch source {
    case .text: "NAME=VALUE"
    case .environment: "NAME"
    case .file: "NAME=FILE"
    case .command: "NAME=COMMAND"
    }
  }
}
