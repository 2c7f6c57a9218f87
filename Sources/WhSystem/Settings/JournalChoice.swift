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
    if let option { return try JournalLocation(url: option, from: "--journal") }
    let profile = configuration.profiles[name]
    if name == Configuration.sandbox, profile == nil { return .file(file) }
    if let url = environment["WH_JOURNAL"] { return try JournalLocation(url: url, from: "WH_JOURNAL") }
    if let url = profile?.journal { return try JournalLocation(url: url, from: "profile \(name)") }
    return .file(file)
  }
}
