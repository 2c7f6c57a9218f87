/// A command of the command line, with what it takes: what shells complete it from.
package struct CommandDescription: Sendable {
  package let name: String
  package let help: String
  package let arguments: [ArgumentDescription]
  package let subcommands: [CommandDescription]
  /// The subcommand that runs where none is named.
  package let defaultSubcommand: String?

  package init(
    _ name: String, help: String = "", arguments: [ArgumentDescription] = [], subcommands: [CommandDescription] = [],
    defaultSubcommand: String? = nil
  ) {
    self.name = name
    self.help = help
    self.arguments = arguments
    self.subcommands = subcommands
    self.defaultSubcommand = defaultSubcommand
  }

  func subcommand(_ name: String) -> CommandDescription? { subcommands.first { $0.name == name } }

  /// What it takes where no subcommand is named.
  var allArguments: [ArgumentDescription] {
    arguments + (defaultSubcommand.flatMap(subcommand)?.arguments ?? [])
  }

  func option(_ name: some StringProtocol) -> ArgumentDescription? {
    allArguments.first { argument in argument.names.contains { $0 == name } }
  }
}

/// An option, a flag or a positional argument of a command.
package struct ArgumentDescription: Sendable {
  package enum Kind: Sendable {
    case positional, option, flag
  }

  package let kind: Kind
  /// The names of an option or a flag, as they are typed: `-c`, `--output`.
  package let names: [String]
  package let isRepeating: Bool
  package let help: String
  /// What its value is.
  package let value: ArgumentValue

  package init(
    _ kind: Kind, _ names: [String] = [], isRepeating: Bool = false, help: String = "",
    value: ArgumentValue = .other
  ) {
    self.kind = kind
    self.names = names
    self.isRepeating = isRepeating
    self.help = help
    self.value = value
  }
}

/// What a value of the command line is, for a shell to complete it.
package enum ArgumentValue: Equatable, Sendable {
  /// One of these words.
  case words([String])
  /// One of these words, a `=`, and a file.
  case keyedFile([String])
  case script, file, folder
  case profile
  case run
  /// A script of the folder that the command names.
  case migration
  /// Statements of the language.
  case statements
  /// Nothing that could be known.
  case other
}
