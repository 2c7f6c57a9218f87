import ArgumentParser
import Foundation

/// A command, as the parser of the command line describes it (ArgumentParserToolInfo, version 0), as far as that is used: what
/// shells complete the line from, and what the manual is made of.
struct CommandInfo: Decodable {
  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      /// As it is typed: `-c`, `--output`.
      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    private let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?

    var isPositional: Bool { kind == "positional" }
    var isFlag: Bool { kind == "flag" }
    /// The names of an option or a flag, as they are typed.
    var typedNames: [String] { (names ?? []).map(\.text) }
  }

  let commandName: String
  private let shouldDisplay: Bool
  let abstract: String?
  let discussion: String?
  let defaultSubcommand: String?
  private let arguments: [Argument]?
  private let subcommands: [CommandInfo]?

  /// Those that the help lists.
  var shownArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }
  var shownSubcommands: [CommandInfo] { (subcommands ?? []).filter(\.shouldDisplay) }

  /// The commands of this program.
  ///
  /// - Throws: an error of decoding, for a parser that describes itself otherwise.
  static func wh() throws -> CommandInfo {
    struct Tool: Decodable { let command: CommandInfo }
    return try JSONDecoder().decode(Tool.self, from: Data(Wh._dumpHelp().utf8)).command
  }
}
