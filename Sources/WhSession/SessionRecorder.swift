import WhAPI
import WhDomain
import WhSyntax

/// Keeps a transcript of a session, which the shell does for it.
package protocol SessionRecorder: Sendable {
  /// Begins a transcript, or goes on with one that is there.
  ///
  /// - Parameters:
  ///   - host: the server, where the session knows it.
  ///   - setting: statements that bring a new session to where this one stands.
  /// - Throws: `FileProblem` when the file can't be used, or is something else.
  func start(_ path: String, host: String?, setting: [String]) throws(FileProblem)

  /// Ends the transcript; gives its path, or nil where none was kept.
  ///
  /// - Parameter dropped: how many webhooks have edits staged, which a run of the transcript is to drop.
  func stop(dropping dropped: Int) -> String?

  /// The transcript that is being kept.
  var path: String? { get }
}

extension Session {
  /// The server as a transcript's first line names it; nil before the session is connected. The stand-in in this process
  /// has another port each time, so it goes by its name.
  func recordedHost() -> String? {
    open.map { $0.host == $0.baseURL.description ? $0.host : $0.profile }
  }

  /// Statements that bring a new session to where this one stands, but for what is staged.
  package func setting() -> [String] {
    var lines = scope.variables.sorted { $0.key < $1.key }.map { "let \($0.key) = \(Quoter.word($0.value))" }
    let standard = SessionOptions()
    // How many requests go at once is the machine's affair and changes no result.
    for option in SessionOptions.all where option.name != "jobs" && option.current(options) != option.current(standard)
    {
      lines.append("config \(option.name) \(option.current(options))")
    }
    if !stopsOnError { lines.append("on error continue") }
    let apps = (workspace.chosenApps ?? []).map(\.id.text).filter { !$0.isEmpty }
    if !apps.isEmpty { lines.append("use app " + apps.map { Quoter.word($0) }.joined(separator: ", ")) }
    let webhooks = (workspace.chosen ?? []).map(\.webhook.text)
    if !webhooks.isEmpty {
      let keywords = CommandTable.grammars.editKeywords
      lines.append("webhook " + webhooks.map { Quoter.word($0, avoiding: keywords) }.joined(separator: ", "))
    }
    return lines
  }
}
