import ArgumentParser
import WhDomain
import WhJournal
import WhSystem

/// What the command line says of the journal.
struct JournalArguments {
  /// The url of one that machines share.
  var url: String?
  /// How long another process's lock is waited for.
  var lockTimeout: DurationArgument?
  var ignoresUnfinished = false
}

/// Which journal is used.
struct JournalOption: SessionOptionGroup {
  static let help = ArgumentHelp(
    "The url of a shared journal; default: WH_JOURNAL, then the profile's, then a file on this machine.",
    valueName: "url")

  @Option(help: Self.help)
  var journal: String?

  func validate() throws { try Self.validate(journal) }

  func apply(to arguments: inout SessionArguments) { arguments.journal.url = journal }

  /// - Throws: `ValidationError` for what is not the url of a journal. It does not quote it: there may be a password in it.
  static func validate(_ url: String?) throws {
    guard let url else { return }
    do throws(JournalError) {
      _ = try JournalLocation(url: url, from: "--journal")
    } catch {
      throw ValidationError("The value of --journal is not valid: it \(error.detail); \(error.advice).")
    }
  }
}

/// How long another process that writes with the same profile is waited for.
struct LockOption: SessionOptionGroup {
  @Option(
    name: .customLong("lock-timeout"),
    help: ArgumentHelp(
      "How long to wait while another process commits with this profile, such as 5m; default: not at all.",
      valueName: "duration"))
  var lockTimeout: DurationArgument?

  func apply(to arguments: inout SessionArguments) { arguments.journal.lockTimeout = lockTimeout }
}

/// The journals of a command, by the profile.
struct Journals: Sendable {
  private let option: String?
  private let configuration: Configuration
  private let profile: String

  init(_ arguments: SessionArguments) {
    option = arguments.journal.url
    // What is wrong with the file is said by what connects.
    configuration = (try? ConfigurationFile(ThisProcess.paths.configuration).load()) ?? Configuration()
    profile = arguments.server.choice(in: configuration).profileName
  }

  private var choice: JournalChoice {
    JournalChoice(configuration, ThisProcess.environment, option: option, file: ThisProcess.paths.journal)
  }

  /// Where the journal of a profile is, or of the one that the command begins with.
  ///
  /// - Throws: `JournalError` for a url that is not valid.
  func location(ofProfile name: String? = nil) throws(JournalError) -> JournalLocation {
    try choice.location(ofProfile: name ?? profile)
  }

  /// The options that lead another command to the same journal, as they are typed.
  var options: String { option.map { " --journal " + $0.shellWord } ?? "" }

  /// What gives the journal of the profile that the command begins with.
  var source: SettingSource { choice.source(ofProfile: profile) }

  /// Passwords of the urls that are given.
  var secrets: [String] {
    let urls = [option, ThisProcess.environment["WH_JOURNAL"]] + configuration.profiles.values.map(\.journal)
    let locations = urls.compactMap(\.self).compactMap { try? JournalLocation(url: $0, from: "") }
    return locations.flatMap(\.secrets) + [ThisProcess.environment["PGPASSWORD"]].compactMap(\.self)
  }
}
