import ArgumentParser
import Foundation
import WhShell

extension CommandDescription {
  /// The commands of this program, as its parser describes them.
  ///
  /// - Throws: an error of decoding, for a parser that describes itself otherwise.
  static func wh() throws -> CommandDescription {
    let info = try JSONDecoder().decode(Info.self, from: Data(Wh._dumpHelp().utf8))
    return CommandDescription(info.command, path: [])
  }

  fileprivate init(_ command: Info.Command, path: [String]) {
    let path = path + [command.commandName]
    self.init(
      command.commandName, help: command.abstract ?? "",
      arguments: (command.arguments ?? []).filter(\.shouldDisplay).map { ArgumentDescription($0, path) },
      subcommands: (command.subcommands ?? []).filter(\.shouldDisplay).map { CommandDescription($0, path: path) },
      defaultSubcommand: command.defaultSubcommand)
  }

  /// What the parser says of itself (ArgumentParserToolInfo, version 0), as far as it is used.
  fileprivate struct Info: Decodable {
    struct Command: Decodable {
      let commandName: String
      let shouldDisplay: Bool
      let abstract: String?
      let defaultSubcommand: String?
      let arguments: [Argument]?
      let subcommands: [Command]?
    }

    struct Argument: Decodable {
      struct Name: Decodable {
        let kind: String
        let name: String
      }

      let kind: String
      let shouldDisplay: Bool
      let isRepeating: Bool
      let names: [Name]?
      let valueName: String?
      let allValues: [String]?
      let abstract: String?
    }

    let command: Command
  }
}

extension ArgumentDescription {
  fileprivate init(_ argument: CommandDescription.Info.Argument, _ path: [String]) {
    let kind: Kind = argument.kind == "positional" ? .positional : argument.kind == "flag" ? .flag : .option
    let names = (argument.names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
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
    default: self = isProfile ? .profile : .other
    }
  }
}
