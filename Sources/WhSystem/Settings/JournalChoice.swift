import WhJournal

/// Finds the journal of a profile by what the command line, the environment and the configuration say, in this order.
package struct JournalChoice: Sendable {
  private let configuration: Configuration
  private let environment: Environment
  private let option: String?
  private let file: String

  /// - Parameters:
  ///   - option: the url that the command line names.
  ///   - file: the journal of this machine.
  package init(_ configuration: Configuration, _ environment: Environment, option: String?, file: String) {
    self.configuration = configuration
    self.environment = environment
    self.option = option
    self.file = file
  }

  /// The journal of a profile. What is tried out in the embedded sandbox stays on this machine, unless the command line says
  /// otherwise.
  ///
  /// - Throws: `JournalError` for a url that is not valid.
  package func location(ofProfile name: String) throws(JournalError) -> JournalLocation {
    guard let (url, source) = url(ofProfile: name) else { return .file(file) }
    return try JournalLocation(url: url, from: source.description)
  }

  /// What gives the journal of a profile.
  package func source(ofProfile name: String) -> SettingSource {
    if let source = url(ofProfile: name)?.source { return source }
    return environment["XDG_STATE_HOME"]?.hasPrefix("/") == true ? .variable("XDG_STATE_HOME") : .standard
  }

  /// The url of a shared journal; nil for the file.
  private func url(ofProfile name: String) -> (text: String, source: SettingSource)? {
    if let option { return (option, .option("--journal")) }
    let profile = configuration.profiles[name]
    if name == Configuration.sandbox, profile == nil { return nil }
    if let url = environment["WH_JOURNAL"] { return (url, .variable("WH_JOURNAL")) }
    return profile?.journal.map { ($0, .profile(name)) }
  }
}
