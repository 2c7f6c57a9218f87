/// A command that does something, with the words that lead to it.
struct ManualCommand {
  /// Such as `wh migrate up`.
  let name: String
  let info: CommandInfo
  /// True for one that also runs where its last word is not given, as `wh runs` does.
  private let isDefault: Bool

  private init(_ name: String, _ info: CommandInfo, isDefault: Bool) {
    self.name = name
    self.info = info
    self.isDefault = isDefault
  }

  /// Those of a program, in its order.
  static func all(of root: CommandInfo) -> [ManualCommand] {
    // The parser adds a command of its own for help.
    root.shownSubcommands.filter { $0.commandName != "help" }.flatMap {
      leaves(of: $0, name: "\(root.commandName) \($0.commandName)", isDefault: false)
    }
  }

  private static func leaves(of info: CommandInfo, name: String, isDefault: Bool) -> [ManualCommand] {
    if info.shownSubcommands.isEmpty { return [ManualCommand(name, info, isDefault: isDefault)] }
    return info.shownSubcommands.flatMap { command in
      let isDefault = command.commandName == info.defaultSubcommand
      return leaves(of: command, name: "\(name) \(command.commandName)", isDefault: isDefault)
    }
  }

  /// How it is called, in roff.
  var synopsis: String {
    let words = name.split(separator: " ")
    var parts = [Roff.bold(isDefault ? words.dropLast().joined(separator: " ") : name)]
    if info.shownArguments.contains(where: { !$0.isPositional && $0.typedNames.last != "--help" }) {
      parts.append("[\(Roff.italic("OPTION"))]...")
    }
    parts += info.shownArguments.filter(\.isPositional).map(\.term)
    return parts.joined(separator: " ")
  }
}

extension CommandInfo.Argument {
  /// What tells it from others: options of several commands are the same if their explanations are.
  var key: String { typedNames.joined(separator: " ") + (typedNames.contains("--help") ? "" : " \(explanation)") }

  /// As it is typed, in roff: `-c, --name VALUE`.
  var term: String {
    let value = Roff.italic((valueName ?? "value").uppercased())
    if isPositional {
      let repeated = isRepeating ? value + "..." : value
      return isOptional ? "[\(repeated)]" : repeated
    }
    return typedNames.map { Roff.bold($0) }.joined(separator: ", ") + (isFlag ? "" : " " + value)
  }

  /// Its help, with the values that it takes.
  var explanation: String {
    var text = abstract ?? ""
    if let words = allValues, !words.isEmpty, valueName != "form=file" {
      text += " One of " + words.map { "`\($0)`" }.joined(separator: ", ")
      text += defaultValue.map { "; default: `\($0)`." } ?? "."
    }
    return text
  }
}
