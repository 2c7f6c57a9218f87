import WhAPI
import WhJournal
import WhSyntax

/// `show runs`: lists the runs of the journal.
struct ShowRuns: Command {
  static let grammar = Grammar.printing("show", "runs")
  static let help = Help(
    .looking, "List the runs that were made with this profile, newest first.",
    details: ["`wh runs RUN` shows what one of them changed."], examples: [Example("show runs")])

  init(_ arguments: Arguments) {}

  func run(in session: isolated Session) async throws(Failure) -> Reply {
    let connection = try await session.connection()
    do {
      guard let journal = try session.context?.findJournal() else { return [.runs([])] }
      return [.runs(try await journal.runs(profile: connection.profile, host: connection.host))]
    } catch {
      throw session.failure(Diagnostic(.journalUnusable, error.description, at: session.place, label: error.advice))
    }
  }
}
