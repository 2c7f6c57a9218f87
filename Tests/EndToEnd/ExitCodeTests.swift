import Foundation
import Testing
import WhTestSupport

@Suite("Exit codes, and which stream says what")
struct ExitCodeTests {
  private static let select = "use app \(OneWebhook.app); webhook \(OneWebhook.webhook)"

  /// One way to an exit code.
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let code: Int32
    let arguments: [String]
    var service = OneWebhook()
    var environment: [String: String] = [:]
    var input = ""
    /// What standard output holds; nil where it is empty.
    var output: String?
    /// What standard error holds; nil where it is empty.
    var error: String?
    /// How many requests were sent, where that matters.
    var requests: Int?

    var testDescription: String { name }
  }

  static let refusal = CannedAnswer.json(
    400, #"{"error":{"type":"invalid_request_error","message":"No such event: MESSAGE_SENT","param":"events[1]"}}"#)

  static let rows: [Row] = [
    Row(name: "all done", code: 0, arguments: ["-c", "\(select); show"], output: "https://old.example.com/webhook"),
    Row(name: "nothing at all", code: 0, arguments: ["-c", ""], requests: 0),
    Row(name: "an empty standard input", code: 0, arguments: [], requests: 0),
    Row(name: "version", code: 0, arguments: ["--version"], output: "0.", requests: 0),
    Row(name: "help", code: 0, arguments: ["--help"], output: "USAGE: wh", requests: 0),
    Row(
      name: "nothing to commit", code: 0, arguments: ["-c", "commit"], output: "nothing to commit", requests: 0),
    Row(
      name: "the API refuses a webhook", code: 1, arguments: ["-c", OneWebhook.example],
      service: OneWebhook(refusal: refusal), output: "failed", error: "error[commit-failed]"),
    Row(
      name: "an expectation fails", code: 1, arguments: ["-c", "\(select); expect event MESSAGE_SENT"],
      error: "error[expectation-failed]"),
    Row(
      name: "edits are left uncommitted", code: 1,
      arguments: ["-c", "\(select) set url https://example.com/webhook"], error: "error[uncommitted-edits]",
      requests: 1),
    Row(
      name: "no such webhook", code: 1, arguments: ["-c", "use app \(OneWebhook.app); webhook whk_none"],
      error: "error[unknown-webhook]"),
    Row(
      name: "plan finds changes", code: 10, arguments: ["plan", "--exit-code", "-"], input: OneWebhook.example,
      output: "plan: 1 webhook in 1 app to update", requests: 1),
    Row(
      name: "plan without --exit-code", code: 0, arguments: ["plan", "-"], input: OneWebhook.example,
      output: "plan: 1 webhook in 1 app to update", requests: 1),
    Row(
      name: "plan without changes", code: 0, arguments: ["plan", "--exit-code", "-"],
      input: "\(select) add event MESSAGE_CREATED; commit", output: "no changes", requests: 1),
    Row(name: "an unknown option", code: 64, arguments: ["--fast"], error: "Unknown option '--fast'", requests: 0),
    Row(name: "an option without value", code: 64, arguments: ["-c"], error: "Missing value", requests: 0),
    Row(name: "no file to run", code: 64, arguments: ["run"], error: "Missing expected argument", requests: 0),
    Row(name: "an unknown subcommand", code: 64, arguments: ["rnu", "x"], error: "rnu", requests: 0),
    Row(name: "a bad variable", code: 64, arguments: ["--var", "1=2", "-c", ""], error: "--var", requests: 0),
    Row(name: "too many jobs", code: 64, arguments: ["--jobs", "65", "-c", ""], error: "--jobs", requests: 0),
    Row(
      name: "a script with an error", code: 65, arguments: ["-c", "\(OneWebhook.example)\nad event MESSAGE_SENT"],
      error: "error[unknown-keyword]", requests: 0),
    Row(
      name: "a file that is not there", code: 66, arguments: ["run", "none.wh"],
      error: "`none.wh` can't be read: No such file", requests: 0),
    Row(
      name: "a file that is a folder", code: 66, arguments: ["run", "."], error: "`.` can't be read", requests: 0),
    Row(
      name: "an included file that is not there", code: 66, arguments: ["-c", #"source "none.wh""#],
      error: "`none.wh` can't be read: No such file", requests: 0),
    Row(
      name: "a list of names that is not there", code: 66, arguments: ["-c", #"use app from "none.txt""#],
      error: "`none.txt` can't be read: No such file", requests: 0),
    Row(
      name: "a script that is a device", code: 66, arguments: ["run", "/dev/zero"], error: "is not a regular file",
      requests: 0),
    Row(
      name: "an included file that is a device", code: 66, arguments: ["-c", #"source "/dev/zero""#],
      error: "is not a regular file", requests: 0),
    Row(
      name: "a list of names that is a device", code: 66, arguments: ["-c", #"use app from "/dev/zero""#],
      error: "is not a regular file", requests: 0),
    Row(
      name: "standard input by its file's name", code: 0, arguments: ["run", "/dev/stdin"], input: "echo read",
      output: "read", requests: 0),
    Row(
      name: "server down", code: 69, arguments: ["-c", select], environment: ["WH_BASE_URL": "http://127.0.0.1:1"],
      error: "error[api-unreachable]", requests: 0),
    Row(
      name: "no key", code: 77, arguments: ["-c", select], environment: ["WH_API_KEY": ""], error: "error[no-key]",
      requests: 0),
    Row(
      name: "a key that can't be one", code: 77, arguments: ["-c", select],
      environment: ["WH_API_KEY": "sk_admin_a b"], error: "error[no-key]", requests: 0),
    Row(
      name: "a script that needs no server needs no key", code: 0, arguments: ["-c", "let a = 1; echo ${a}"],
      environment: ["WH_API_KEY": ""], output: "1", requests: 0),
  ]

  @Test("Each way to an exit code", arguments: rows)
  func code(row: Row) async throws {
    let server = try row.service.serve()
    let environment = WhRun.environment(server).merging(row.environment) { _, new in new }
    let run = try await Home().wh(row.arguments, environment: environment, input: row.input)
    #expect(run.exit == row.code, "\(run.testDescription)")
    expect(run.output, holds: row.output, run)
    expect(run.error, holds: row.error, run)
    if let count = row.requests { #expect(server.requests.count == count, "\(server.requests.map(\.line))") }
  }

  private func expect(_ text: String, holds expected: String?, _ run: WhRun) {
    if let expected {
      #expect(text.contains(expected), "\(run.testDescription)")
    } else {
      #expect(text.isEmpty, "\(run.testDescription)")
    }
  }

  @Test("A key that the API refuses", arguments: [401, 403])
  func keyRefused(status: Int) async throws {
    let server = try FakeService { _ in
      .json(status, #"{"error":{"type":"authentication_error","message":"Invalid API key"}}"#)
    }
    let run = try await Home().wh("-c", OneWebhook.example, environment: WhRun.environment(server))
    #expect(run.exit == 77, "\(run.testDescription)")
    #expect(run.output.isEmpty)
    #expect(run.error.contains("error[key-refused]") && run.error.contains("Invalid API key"), "\(run.testDescription)")
    #expect(server.requests.count == 1)
  }

  @Test("The error message of the API is reported with the place of the statement")
  func refusalIsReported() async throws {
    let server = try OneWebhook(refusal: Self.refusal).serve()
    let home = try Home()
    try home.write("a.wh", OneWebhook.example.replacing("; ", with: "\n") + "\n")
    let run = try await home.wh("run", "a.wh", environment: WhRun.environment(server))
    #expect(run.exit == 1)
    #expect(run.output.contains("No such event: MESSAGE_SENT"), "\(run.testDescription)")
    #expect(run.output.contains("committed: 1 failed"), "\(run.testDescription)")
    #expect(run.error.contains("--> a.wh:4:1"), "\(run.testDescription)")
  }

  @Test("A failed expectation names the webhook and its value")
  func expectation() async throws {
    let server = try OneWebhook().serve()
    let run = try await Home().wh(
      "-c", "\(Self.select); expect event MESSAGE_SENT and url ~ https://new.*; echo later",
      environment: WhRun.environment(server))
    #expect(run.exit == 1)
    #expect(run.output.isEmpty, "a script stops at an error")
    for text in [OneWebhook.webhook, "events = MESSAGE_CREATED", "url = https://old.example.com/webhook"] {
      #expect(run.error.contains(text), "\(run.testDescription)")
    }
  }

  @Test("With `on error continue` a script continues, and still ends with 1")
  func onErrorContinue() async throws {
    let server = try OneWebhook().serve()
    let run = try await Home().wh(
      "-c", "on error continue; \(Self.select); expect event MESSAGE_SENT; echo later",
      environment: WhRun.environment(server))
    #expect(run.exit == 1)
    #expect(run.output == "later\n", "\(run.testDescription)")
  }
}
