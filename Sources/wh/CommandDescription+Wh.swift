import WhShell

extension CommandDescription {
  /// The commands of this program, for shells.
  ///
  /// - Throws: an error of decoding, for a parser that describes itself otherwise.
  static func wh() throws -> CommandDescription { CommandDescription(try CommandInfo.wh()) }

  private init(_ command: CommandInfo) {
    self.init(
      command.commandName, help: command.abstract ?? "",
      arguments: command.shownArguments.map(ArgumentDescription.init),
      subcommands: command.shownSubcommands.map(CommandDescription.init), defaultSubcommand: command.defaultSubcommand)
  }
}

extension ArgumentDescription {
  fileprivate init(_ argument: CommandInfo.Argument) {
    let kind: Kind = argument.isPositional ? .positional : argument.isFlag ? .flag : .option
    let names = argument.typedNames
    self.init(
      kind, names, isRepeating: argument.isRepeating, help: argument.abstract ?? "",
      value: ArgumentValue(
        named: argument.valueName ?? "", words: argument.allValues ?? [], kind, isProfile: names.contains("--profile")))
  }
}

extension ArgumentValue {
  /// By the name that the help gives to the value.
  fileprivate init(named name: String, words: [String], _ kind: ArgumentDescription.Kind, isProfile: Bool) {
    switch name {
    case "form=file": self = .keyedFile(words.map { String($0.prefix { $0 != "=" }) })
    case _ where !words.isEmpty: self = .words(words)
    case "name=file": self = .keyedFile([])
    // An option names a file that is written, or one of a key.
    case "file": self = kind == .positional ? .script : .file
    case "transcript", "plan", "exported": self = .file
    case "dir": self = .folder
    case "run": self = .run
    case "script": self = .migration
    case "profile": self = .profile
    case "statements": self = .statements
    default: self = isProfile ? .profile : .other
    }
  }
}
