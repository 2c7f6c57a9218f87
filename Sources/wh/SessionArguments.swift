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
    help: ArgumentHelp("The profile to use; else WH_PROFILE, else the configuration's default.", valueName: "name"))
  var profile: String?

  @OptionGroup var server: ServerArgument

  @Flag(help: "Use an embedded stand-in of the service, kept in its data file.")
  var sandbox = false

  @Option(help: ArgumentHelp("Requests in flight at once, 1 to 64.", valueName: "n"))
  var jobs: Int?

  @Option(help: "The form of what is printed.")
  var output: OutputForm = .text

  @Option(help: "When to colour; NO_COLOR says never.")
  var color: ColourChoice = .auto

  @Option(
    help: ArgumentHelp("Take this machine's share of the apps, as 1/4 to 4/4 on four machines.", valueName: "k/n"))
  var shard: ShardArgument?

  @Option(help: "Progress on standard error: a bar on a terminal, a line a minute, or none.")
  var progress: ProgressSink.Form = .auto

  @Flag(name: .customLong("ignore-unfinished"), help: "Commit even when an earlier run was not finished.")
  var ignoreUnfinished = false

  @Flag(help: "Say yes to what would be asked.")
  var yes = false

  @Flag(help: "Print results and errors only.")
  var quiet = false

  @Flag(help: "Print confirmations and requests too.")
  var verbose = false

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
    if sandbox, baseURL != nil { throw ValidationError("--sandbox and --base-url exclude each other.") }
    for variable in variables { try variable.validate() }
    if let jobs, !(1...64).contains(jobs) { throw ValidationError("--jobs is a whole number from 1 to 64.") }
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
    Scope(fixed: Dictionary(variables.map { ($0.name, $0.value) }) { $1 })
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
