import Foundation
import Testing
import WhTestSupport

@Suite("Control characters from the network")
struct ControlCharacterTests {
  static let forms: [[String]] = [["--verbose"], ["--output", "json"]]

  /// Colour, a title, the clipboard, C1, bell, backspace, a carriage return, DEL, and marks that turn text around.
  private static let hostile =
    "\u{1B}[31mred\u{1B}]0;title\u{7}\u{1B}]52;c;ZXZpbA==\u{7}\u{9B}2J\u{85}\u{8}\r\n\u{7F}\u{202E}live\u{2066}\u{200F}\0\t"

  private static let select = "use app \(OneWebhook.app); webhook \(OneWebhook.webhook)"

  private static var service: OneWebhook {
    OneWebhook(
      url: "https://old.example.com/\(hostile)", events: ["MESSAGE_CREATED", "MESSAGE_\(hostile)"],
      headers: ["X-Team": hostile, "X-\(hostile)": "a"], slug: "my-app\(hostile)", name: "My \(hostile)")
  }

  /// Each continues after an error, so that several fit into one.
  static let scripts = [
    "\(select); show; show webhooks; show apps; show events; status; use app *; webhook *; show",
    "\(select); set url https://example.com/webhook; diff; show requests; status; commit; show",
    "\(select); add event MESSAGE_SENT; set header X-A b; diff; show requests; commit",
    "\(select); clear headers; diff; commit; replace url old with new; diff; rollback",
    "\(select) set url https://example.com/${app.slug}/${app.name}; diff; commit",
    "\(select); expect url = https://example.com/; expect event MESSAGE_SENT and header X-Team = b",
    "use app *; webhook *; expect slug = a and name = b; webhook whk_none; use app nobody; use app my-app; show apps",
    "\(select); dump; delete webhook; diff; status; commit",
  ]

  @Test("None is printed raw, wherever it is in a response", arguments: scripts, forms)
  func answers(script: String, form: [String]) async throws {
    let server = try Self.service.serve()
    let run = try await Home().wh(
      form + ["-c", "on error continue; " + script], environment: WhRun.environment(server))
    #expect([0, 1].contains(run.exit), "\(run.testDescription)")
    #expect(!(run.output + run.error).isEmpty)
    expectHarmless(run)
  }

  @Test("Nor is one in a plan", arguments: forms)
  func plan(form: [String]) async throws {
    let server = try Self.service.serve()
    let run = try await Home().wh(
      form + ["plan", "-"], environment: WhRun.environment(server), input: OneWebhook.example)
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(run.output.contains("\\u"), "\(run.testDescription)")
    expectHarmless(run)
  }

  /// Answers that refuse, with hostile words in every place that is shown.
  static let refusals: [CannedAnswer] = [
    .json(400, json(["error": ["type": "invalid_request_error", "message": hostile, "param": hostile]])),
    .json(400, json(["error": hostile])),
    .json(400, json(["something": hostile])),
    .text(400, hostile),
    CannedAnswer(400, body: [0x1B, 0x5B, 0x33, 0x31, 0x6D, 0x9B, 0xC2, 0x9B, 0xFF, 0x07, 0x0D, 0x0A]),
    .json(200, json(["error": hostile])),
    .json(200, json(["id": hostile, "appId": "a", "url": "b", "events": [], "createdAt": hostile])),
    CannedAnswer(301, fields: [("Location", "https://\u{1B}[31mred\u{9B}2J/")]),
    .json(404, json(["error": ["type": "invalid_request_error", "message": hostile]])),
    .json(401, json(["error": hostile])),
    .json(409, json(["error": hostile])),
  ]

  private static func json(_ object: [String: Any]) -> String {
    String(decoding: (try? JSONSerialization.data(withJSONObject: object)) ?? Data(), as: UTF8.self)
  }

  @Test("Nor is one in an error message of the API", arguments: refusals, forms)
  func refused(refusal: CannedAnswer, form: [String]) async throws {
    var service = OneWebhook()
    service.refusal = refusal
    let home = try Home()
    let committing = try service.serve()
    let commit = try await home.wh(form + ["-c", OneWebhook.example], environment: WhRun.environment(committing))
    #expect([1, 75, 77].contains(commit.exit), "\(commit.testDescription)")
    expectHarmless(commit)

    let reading = try FakeService { _ in refusal }
    let read = try await home.wh(form + ["-c", "use app *"], environment: WhRun.environment(reading))
    #expect([1, 77].contains(read.exit), "\(read.testDescription)")
    expectHarmless(read)
  }

  @Test("Nor is one in a file name, a script or an argument", arguments: forms)
  func files(form: [String]) async throws {
    let server = try OneWebhook().serve()
    let environment = WhRun.environment(server)
    let home = try Home()
    let name = "a\u{1B}[31m\u{9B}2J\r\u{202E}.wh"
    try home.write(name, "echo '\u{1B}[31m\u{9B}\u{7}'\nad '\u{1B}]0;x\u{7}'\nuse app \u{1B}[1m\n")
    for arguments in [
      ["run", name], ["check", name], ["fmt", "--check", name], ["run", "none" + name],
      ["-c", "echo \u{1B}[31m\u{9B}2J"], ["-c", "let a = '\u{1B}[31m'; show variables; echo \"${a}\""],
      ["-c", "source '\(name)'"], ["--profile", name, "-c", "show apps"],
      ["--base-url", "https://\(name)", "-c", "show apps"],
      ["--var", "a=\u{1B}[31m", "-c", "show variables; echo ${a}"], ["profile", "test", "--profile", name],
      ["profile", "show", name], ["doctor", "--profile", name],
    ] {
      let run = try await home.wh(arguments + (arguments[0] == "fmt" ? [] : form), environment: environment)
      #expect(!(run.output + run.error).isEmpty, "\(run.testDescription)")
      expectHarmless(run)
    }
  }

  private func expectHarmless(_ run: WhRun, _ location: SourceLocation = #_sourceLocation) {
    for (stream, bytes) in [("output", run.outputBytes), ("error", run.errorBytes)] {
      let text = String(validating: bytes, as: UTF8.self)
      #expect(text != nil, "standard \(stream) is not UTF-8", sourceLocation: location)
      let hazards = (text ?? "").unicodeScalars.filter { Self.isHazard($0) }.map { String($0.value, radix: 16) }
      #expect(hazards.isEmpty, "standard \(stream) of \(run.testDescription)", sourceLocation: location)
    }
  }

  private static func isHazard(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
