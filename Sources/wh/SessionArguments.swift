import ArgumentParser
import WhDomain
import WhSession
import WhShell
import WhSystem

/// The options of everything that talks to the API.
struct SessionArguments: ParsableArguments {
  enum OutputForm: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Option(name: .customLong("var"), help: ArgumentHelp("Set a variable.", valueName: "name=value"))
  var variables: [VariableArgument] = []

  @Option(
    help: ArgumentHelp("The profile; default: WH_PROFILE, then the configured default.", valueName: "name"))
  var profile: String?

  @OptionGroup var server: ServerArgument

  @Flag(help: "Use the embedded sandbox instead of the real service.")
  var sandbox = false

  @Option(help: ArgumentHelp("Maximum number of concurrent requests, 1 to 64.", valueName: "n"))
  var jobs: Int?

  @Option(help: "Output format.")
  var output: OutputForm = .text

  @Option(help: "When to use colours; NO_COLOR means never.")
  var color: ColourChoice = .auto

  @Option(
    help: ArgumentHelp("Work on one share of the apps, such as 1/4 to 4/4 on four machines.", valueName: "k/n"))
  var shard: ShardArgument?

  @Option(help: "Progress on standard error: auto is a bar on terminals, plain is one line per minute.")
  var progress: ProgressSink.Form = .auto

  @Flag(name: .customLong("ignore-unfinished"), help: "Commit even if an earlier run is unfinished.")
  var ignoreUnfinished = false

  @Flag(help: "Answer yes to all confirmations.")
  var yes = false

  @Flag(help: "Print only results and errors.")
  var quiet = false

  @Flag(help: "Also print confirmations and requests.")
  var verbose = false

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose cannot be combined.") }
    if sandbox, baseURL != nil { throw ValidationError("--sandbox and --base-url cannot be combined.") }
    for variable in variables { try variable.validate() }
    if let jobs, !(1...64).contains(jobs) { throw ValidationError("--jobs must be between 1 and 64.") }
  }

  var baseURL: String? { server.baseURL }

  var verbosity: Verbosity { quiet ? .quiet : verbose ? .verbose : .normal }

  var sessionOptions: SessionOptions {
    var options = SessionOptions()
    options.jobs = jobs ?? options.jobs
    options.output = output == .json ? .json : .text
    return options
  }

  var scope: Scope {
    Scope(fixed: Dictionary(variables.map { ($0.name, $0.value) }) { $1 }, ownEvents: ownEvents)
  }

  /// The names of events that the configuration adds. Whatever connects says what is wrong with the file.
  private var ownEvents: [String] {
    guard let configuration = try? ConfigurationFile(ThisProcess.paths.configuration).load() else { return [] }
    return ServerChoice(
      configuration, ThisProcess.environment, profile: profile, baseURL: baseURL, isSandbox: sandbox
    ).ownEvents
  }
}

extension ProgressSink.Form: ExpressibleByArgument {}

extension ColourChoice: ExpressibleByArgument {}

/// The value of `--shard`: K/N.
struct ShardArgument: ExpressibleByArgument {
  let value: Shard

  init?(argument: String) {
    guard let shard = Shard(argument) else { return nil }
    value = shard
  }
}
