import ArgumentParser

/// The command line with the options that stand before a subcommand moved to it: `wh --sandbox run FILE` is
/// `wh run --sandbox FILE`. So the subcommand is the only one to take them or to refuse them.
///
/// The parser would let the root command take its own options wherever they stand, and drop those that the subcommand lacks.
struct PlacedArguments {
  /// The names of the subcommand and of those below it; empty for the root command.
  private(set) var command: [String] = []
  /// What stood before them.
  private(set) var leading: [String] = []
  private var rest: ArraySlice<String>

  /// The command first, then its options.
  var arguments: [String] { command + leading + rest }

  init(_ arguments: [String], of root: any ParsableCommand.Type) {
    rest = arguments[...]
    var node = root
    while let (place, child) = Self.subcommand(in: rest, of: node) {
      leading += rest[..<place]
      command.append(rest[place])
      rest = rest[(place + 1)...]
      node = child
    }
  }

  /// The first word that names a subcommand and is not the value of an option.
  private static func subcommand(
    in words: ArraySlice<String>, of node: any ParsableCommand.Type
  ) -> (place: Int, command: any ParsableCommand.Type)? {
    let children = node.configuration.subcommands
    for place in words.prefix(while: { $0 != "--" }).indices {
      guard let child = children.first(where: { $0._commandName == words[place] }) else { continue }
      let leading = words[..<place]
      if leading.isEmpty || (try? LeadingOptions.parse(Array(leading))) != nil { return (place, child) }
    }
    return nil
  }

  /// All that may stand before a subcommand.
  private struct LeadingOptions: ParsableArguments {
    @Option(name: .customShort("c")) var statements: [String] = []
    @OptionGroup var variables: VariableOptions
    @OptionGroup var connection: ConnectionOptions<SeveralProfiles>
    @OptionGroup var requests: RequestOptions
    @OptionGroup var share: ShardOption
    @OptionGroup var screen: ScreenOptions
    @OptionGroup var permission: PermissionOptions
    @OptionGroup var deletions: DeletionLimit
    @OptionGroup var time: TimeLimitOption
    @OptionGroup var lock: LockOption
    @OptionGroup var reports: ReportArguments
    @OptionGroup var recording: TranscriptArgument
  }
}
