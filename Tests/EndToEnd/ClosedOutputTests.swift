import Foundation
import Testing
import WhTestSupport

@Suite("A closed output")
struct ClosedOutputTests {
  /// Each prints more than one line, and the first ones more than a pipe takes.
  static let commands: [[String]] = [
    ["-c", "use app *; webhook *; show; show; show; show; show; show; show; show; show; show; show; show"],
    ["--output", "json", "-c", "use app *; webhook *; show; show; show; show; show; show; show; show; show; show"],
    ["-c", "show apps"], ["-c", "help"], ["--help"], ["profile", "list"], ["profile", "show"], ["doctor", "--sandbox"],
    ["sandbox", "reset"], ["fmt", "-"],
  ]

  @Test("`| head -1` ends it quietly", arguments: commands)
  func head(arguments: [String]) async throws {
    let (run, status) = try await shell(arguments, behind: "| head -n 1")
    #expect(run.output.split(separator: "\n").count == 1, "\(run.testDescription)")
    #expect(run.error.isEmpty, "\(run.testDescription)")
    #expect([0, 141].contains(status), "\(run.testDescription)")
  }

  @Test("So does a reader that was closed from the start", arguments: commands)
  func nobody(arguments: [String]) async throws {
    let (run, status) = try await shell(arguments, behind: "| exec 0<&-")
    #expect(run.error.isEmpty, "\(run.testDescription)")
    #expect([0, 141].contains(status), "\(run.testDescription)")
  }

  @Test("The work is done anyway")
  func commit() async throws {
    let home = try Home()
    let (run, _) = try await shell(["-c", "show apps; show apps; " + OneWebhook.example], behind: "| exec 0<&-", home)
    #expect(run.error.isEmpty, "\(run.testDescription)")
    let after = try await home.wh("--sandbox", "-c", "use app my-app; webhook *; show")
    #expect(after.output.contains("https://example.com/webhook"), "\(after.testDescription)")
  }

  @Test("Results that can't be written are reported: the disk is full")
  func full() async throws {
    let (run, status) = try await shell(["-c", "show apps"], behind: "> /dev/full")
    #expect(status == 1, "\(run.testDescription)")
    #expect(run.error.contains("No space left on device"), "\(run.testDescription)")
  }

  @Test("Output to a closed stream does not reach files or connections", arguments: [">&-", "2>&-", "<&-"])
  func closed(stream: String) async throws {
    let script = "show apps; show apps; " + OneWebhook.example
    let (run, status) = try await shell(["--verbose", "-c", script], behind: stream)
    #expect(status == (stream == ">&-" ? 1 : 0), "\(run.testDescription)")
    #expect(run.error.contains("Bad file descriptor") == (stream == ">&-"), "\(run.testDescription)")
  }

  /// Runs `wh` in a shell with the sandbox, with something after it, and returns its own exit status.
  private func shell(_ arguments: [String], behind: String, _ home: Home? = nil) async throws -> (WhRun, Int32) {
    let home = try home ?? Home()
    let isSession = arguments.contains("-c")
    try home.write("run.sh", "{ \"$@\"; echo $? > status; } \(behind)\n")
    let run = try await ChildLimit.shared.with {
      let words = ["run.sh", BuiltProducts.path(of: "wh")] + (isSession ? ["--sandbox"] : []) + arguments
      return try await WhChild(home, words, executable: "/bin/sh", input: OneWebhook.example + "\ncommit\n").finished()
    }
    let status = try #require(Int32(try home.text("work/status").trimmingCharacters(in: .whitespacesAndNewlines)))
    return (run, status)
  }
}
