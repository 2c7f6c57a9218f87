import ArgumentParser
import WhDomain
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// What the command line says of a session. A command declares the groups of options that it honours, and the parser refuses all
/// others. What a command doesn't take has the value that stands here.
struct SessionArguments {
  var variables: [CommandLineVariable] = []
  var server = ServerArguments()
  var jobs: Int?
  var mostDeletions: Int?
  var timeLimit: DurationArgument?
  var shard: Shard?
  var output = OutputOption.Form.text
  var color = ColourChoice.auto
  var progress = ProgressSink.Form.auto
  var journal = JournalArguments()
  var yes = false
  var verbosity = Verbosity.normal

  init(_ groups: any SessionOptionGroup...) {
    for group in groups { group.apply(to: &self) }
  }

  var sessionOptions: SessionOptions {
    var options = SessionOptions()
    options.jobs = jobs ?? options.jobs
    options.output = output == .json ? .json : .text
    options.mostDeletions = mostDeletions
    return options
  }

  /// The same for each of the sessions.
  var sessions: [SessionArguments] {
    if server.profiles.count < 2 { return [self] }
    return server.profiles.map { profile in
      var arguments = self
      arguments.server.profiles = [profile]
      return arguments
    }
  }

  /// The names of events that the configuration adds; `Runtime.checkStart` says what is wrong with the file.
  var ownEvents: [String] {
    guard let configuration = try? ConfigurationFile(ThisProcess.paths.configuration).load() else { return [] }
    return server.choice(in: configuration).ownEvents
  }
}

/// What the command line says of the server.
struct ServerArguments {
  /// The profile of each session; empty for one session with the default profile.
  var profiles: [String] = []
  var baseURL: String?
  var sandbox = false

  /// The profile that the session is to begin with, as the command line names it.
  var profile: String? { profiles.first }

  /// The server, by what the environment and a configuration say too.
  func choice(in configuration: Configuration) -> ServerChoice {
    ServerChoice(configuration, ThisProcess.environment, profile: profile, baseURL: baseURL, isSandbox: sandbox)
  }
}

/// Options that a command honours together. No group holds another one: the parser's own checks of a group take a multiple of the
/// time with each level.
protocol SessionOptionGroup: ParsableArguments {
  func apply(to arguments: inout SessionArguments)
}

// MARK: Groups

/// How many profiles a command takes.
protocol ProfileCount: Sendable {
  static var help: String { get }
  /// - Throws: `ValidationError` for a number that the command does not take.
  static func check(_ count: Int) throws
}

enum OneProfile: ProfileCount {
  static let help = "The profile; default: WH_PROFILE, then the configured default."

  static func check(_ count: Int) throws {
    if count > 1 { throw ValidationError("--profile can be given once here; `run`, `plan` and `-c` take several.") }
  }
}

enum SeveralProfiles: ProfileCount {
  static let help = """
    The profile; default: WH_PROFILE, then the configured default. Repeatable: the scripts run for each profile at the same time.
    """

  static func check(_ count: Int) throws {}
}

/// The service, and the key for it.
struct ConnectionOptions<Count: ProfileCount>: SessionOptionGroup {
  @Option(name: .customLong("profile"), help: ArgumentHelp(Count.help, valueName: "name"))
  var profiles: [String] = []

  @Option(name: .customLong("base-url"), help: ServerURL.help)
  var baseURL: String?

  @Flag(help: "Use the embedded sandbox instead of the real service.")
  var sandbox = false

  @Option(help: JournalOption.help)
  var journal: String?

  func validate() throws {
    try ServerURL.validate(baseURL)
    try JournalOption.validate(journal)
    if sandbox, baseURL != nil { throw ValidationError("--sandbox and --base-url cannot be combined.") }
    if sandbox, !profiles.isEmpty { throw ValidationError("--sandbox and --profile cannot be combined.") }
    try Count.check(profiles.count)
    if let twice = profiles.first(where: { name in profiles.count { $0 == name } > 1 }) {
      throw ValidationError("--profile names `\(Printable.escaped(twice))` twice.")
    }
  }

  func apply(to arguments: inout SessionArguments) {
    arguments.server = ServerArguments(profiles: profiles, baseURL: baseURL, sandbox: sandbox)
    arguments.journal.url = journal
  }
}

/// How much is requested at once, and how that is shown.
struct RequestOptions: SessionOptionGroup {
  @Option(help: ArgumentHelp("Maximum number of concurrent requests, 1 to 64.", valueName: "n"))
  var jobs: Int?

  @Option(help: "Progress on standard error: auto is a bar on terminals, plain is one line per minute.")
  var progress: ProgressSink.Form = .auto

  func validate() throws {
    if let jobs, !(1...64).contains(jobs) { throw ValidationError("--jobs must be between 1 and 64.") }
  }

  func apply(to arguments: inout SessionArguments) {
    arguments.jobs = jobs
    arguments.progress = progress
  }
}

/// A part of the apps.
struct ShardOption: SessionOptionGroup {
  @Option(
    help: ArgumentHelp("Work on one share of the apps, such as 1/4 to 4/4 on four machines.", valueName: "k/n"))
  var shard: ShardArgument?

  func apply(to arguments: inout SessionArguments) { arguments.shard = shard?.value }
}

/// How much may be deleted.
struct DeletionLimit: SessionOptionGroup {
  @Option(
    name: .customLong("max-deletes"),
    help: ArgumentHelp(
      "Refuse a commit that would bring the deletions of the session above this number.", valueName: "n"))
  var mostDeletions: Int?

  func validate() throws {
    if let mostDeletions, mostDeletions < 0 { throw ValidationError("--max-deletes must be 0 or more.") }
  }

  func apply(to arguments: inout SessionArguments) { arguments.mostDeletions = mostDeletions }
}

/// How long it may take.
struct TimeLimitOption: SessionOptionGroup {
  @Option(
    name: .customLong("stop-after"),
    help: ArgumentHelp(
      "Begin nothing new after this time, such as 30m; `wh resume` does the rest.", valueName: "duration"))
  var timeLimit: DurationArgument?

  func apply(to arguments: inout SessionArguments) { arguments.timeLimit = timeLimit }
}

/// Permission for what would otherwise not be sent.
struct PermissionOptions: SessionOptionGroup {
  @Flag(name: .customLong("ignore-unfinished"), help: "Commit even if an earlier run is unfinished.")
  var ignoreUnfinished = false

  @Flag(help: "Answer yes to all confirmations.")
  var yes = false

  func apply(to arguments: inout SessionArguments) {
    arguments.journal.ignoresUnfinished = ignoreUnfinished
    arguments.yes = yes
  }
}

/// The form of results.
struct OutputOption: SessionOptionGroup {
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Option(help: "Output format.")
  var output: Form = .text

  func apply(to arguments: inout SessionArguments) { arguments.output = output }
}

struct ColourOption: SessionOptionGroup {
  @Option(help: "When to use colours; NO_COLOR means never.")
  var color: ColourChoice = .auto

  func apply(to arguments: inout SessionArguments) { arguments.color = color }
}

struct QuietOption: SessionOptionGroup {
  @Flag(help: "Print only results and errors.")
  var quiet = false

  func apply(to arguments: inout SessionArguments) { if quiet { arguments.verbosity = .quiet } }
}

/// All that is printed, and how: the three above, and more.
struct ScreenOptions: SessionOptionGroup {
  @Option(help: "Output format.")
  var output: OutputOption.Form = .text

  @Option(help: "When to use colours; NO_COLOR means never.")
  var color: ColourChoice = .auto

  @Flag(help: "Print only results and errors.")
  var quiet = false

  @Flag(help: "Also print confirmations and requests.")
  var verbose = false

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose cannot be combined.") }
  }

  func apply(to arguments: inout SessionArguments) {
    arguments.output = output
    arguments.color = color
    arguments.verbosity = quiet ? .quiet : verbose ? .verbose : .normal
  }
}

// MARK: Values

extension ProgressSink.Form: ExpressibleByArgument {}

extension ColourChoice: ExpressibleByArgument {}

/// The value of an option that is a duration, such as 30s, 5m or 2h.
struct DurationArgument: ExpressibleByArgument {
  let text: String
  let seconds: Int

  init?(argument: String) {
    guard let seconds = DurationText.seconds(argument), seconds > 0 else { return nil }
    text = argument
    self.seconds = seconds
  }
}

extension TimeLimit {
  /// That of `--stop-after`.
  init?(_ argument: DurationArgument?) {
    guard let argument else { return nil }
    self.init(
      .seconds(argument.seconds), cause: "the time of --stop-after \(argument.text) is over",
      sleep: Runtime.effects.time.sleep)
  }
}

/// The value of `--shard`: K/N.
struct ShardArgument: ExpressibleByArgument {
  let value: Shard

  init?(argument: String) {
    guard let shard = Shard(argument) else { return nil }
    value = shard
  }
}
