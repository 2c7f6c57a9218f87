import Testing
import WhTestSupport

@Suite("H8: a limit of the system is named, and not a crash")
struct FaultsH8 {
  private func run(_ limit: String, _ arguments: [String], environment: [String: String] = [:]) async throws -> WhRun {
    let home = try Home()
    let script = "ulimit \(limit) && exec \"$0\" \"$@\""
    return try await ChildLimit.shared.with {
      try await WhChild(
        home, ["-c", script, BuiltProducts.path(of: "wh")] + arguments, executable: "/bin/sh", environment: environment
      ).finished()
    }
  }

  @Test(
    "H8: too few open files, or too little memory",
    arguments: [
      ("-n 6", "the limit of open files is 6"), ("-n 12", "the limit of open files is 12"),
      ("-n 63", "the limit of open files is 63"), ("-v 200000", "the limit of memory is 195 MiB"),
      ("-d 50000", "the limit of memory is 48 MiB"),
    ])
  func tooLow(limit: String, message: String) async throws {
    let run = try await run(limit, ["-c", OneWebhook.example, "--sandbox"])
    #expect(run.exit == 1 && run.output.isEmpty, "\(run.testDescription)")
    #expect(
      run.error.hasPrefix("error: \(message)") && run.error.split(separator: "\n").count == 1, "\(run.testDescription)")
  }

  @Test("H8: with just enough, a run with many requests at once comes to its end", arguments: ["-n 64", "-n 100"])
  func enough(limit: String) async throws {
    let run = try await run(
      limit, ["-c", "use app *; webhook *; add event calls.initiated; commit", "--sandbox", "--jobs", "64"])
    #expect(run.exit == 0 && run.output.contains("committed: "), "\(run.testDescription)")
  }
}
