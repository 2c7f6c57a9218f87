import WhDomain
import WhJournal

extension Finding {
  package static func journal(_ health: JournalHealth) -> Finding {
    let engine: String =
      switch health.engine {
      case .sqlite: "file \(health.place)"
      case .postgres(let version): "PostgreSQL \(version), \(health.place)"
      }
    let version = health.version.map { "version \($0)" } ?? "none yet: the first commit creates it"
    let trip = health.roundTrip.map { "round trip \(milliseconds($0))" }
    let detail = [engine, version, health.isWritable ? nil : "can't be written", trip].compactMap(\.self)
      .joined(separator: ", ")
    return health.isWritable ? .ok(.journal, detail) : .problem(.journal, detail, advice: health.adviceToWrite)
  }

  package static func journal(_ error: JournalError) -> Finding {
    .problem(.journal, error.description, advice: error.advice)
  }

  /// - Parameters:
  ///   - unfinished: the runs that are not finished, of all profiles.
  ///   - command: what finishes one of them.
  package static func runs(unfinished: [Run], finishedBy command: (Run) -> String) -> Finding {
    let running = unfinished.filter(\.isOthers)
    let left = unfinished.filter { !$0.isOthers }
    let now = running.isEmpty ? [] : ["\(running.count.counting("run")) in progress (\(numbers(running)))"]
    guard !left.isEmpty else { return .ok(.runs, (["none unfinished"] + now).joined(separator: ", ")) }
    let shown = left.prefix(mostRuns).map { run in
      "run \(run.number) of profile \(run.metadata.profile) is unfinished: "
        + "\(run.openCount) of \(run.intentCount.counting("webhook")) open"
    }
    let more = left.count > shown.count ? ["and \(left.count - shown.count) more"] : []
    let commands = left.prefix(mostRuns).map { "`\(command($0))`" }.uniqued().joined(separator: ", ")
    return .warning(
      .runs, (shown + more + now).joined(separator: "; "),
      advice: "run \(commands) to finish \(left.count.noun("it", "them")), or give up with `wh runs abandon RUN`")
  }

  /// Of more runs only the number is shown.
  private static let mostRuns = 3

  private static func numbers(_ runs: [Run]) -> String { runs.map { String($0.number) }.joined(separator: ", ") }
}
