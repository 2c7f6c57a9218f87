import Foundation
import Testing
import WhTestSupport

@Suite("X2: hiding a secret breaks nothing around it")
struct FaultsX2 {
  private static let script =
    "use app \(OneWebhook.app); webhook \(OneWebhook.webhook); show; show webhooks; set header X-Team example; diff; commit"

  /// What a header whose name says secret may hold: words of JSON and of urls, and signs that JSON escapes. In the text of a
  /// transcript a secret that is a keyword takes the keyword with it.
  static let secrets = [
    "true", "null", "1", "example", "https", "my-app", "webhook", "a\"b\tc\\d-long-enough", "{\"type\":\"webhook\"}",
    "é/ü-long-enough",
  ]

  private static func service(_ secret: String) throws -> FakeService {
    try OneWebhook(headers: ["X-Api-Token": secret, "X-Team": "sms"]).serve()
  }

  @Test("X2: JSON stays JSON, and only the secret is hidden", arguments: secrets)
  func json(_ secret: String) async throws {
    let server = try Self.service(secret)
    let home = try Home()
    let run = try await home.wh(
      "--output", "json", "--report", "json=r.json", "-c", Self.script, environment: WhRun.environment(server))
    #expect(run.exit == 0, "\(run.testDescription)")
    let webhooks = try run.objects.filter { $0["type"] as? String == "webhook" }
    #expect(!webhooks.isEmpty)
    for webhook in webhooks {
      #expect(webhook["url"] as? String == "https://old.example.com/webhook", "\(webhook)")
      #expect((webhook["headers"] as? [String: String])?["X-Api-Token"] == "••••", "\(webhook)")
    }
    #expect(
      !run.output.contains(": true") && !webhooks.compactMap { $0["chosen"] as? Bool }.isEmpty, "\(run.testDescription)"
    )
    let report = try home.bytes("work/r.json")
    _ = try JSONSerialization.jsonObject(with: Data(report))
    if secret.contains("long-enough") {
      for text in [run.output, String(decoding: report, as: UTF8.self)] {
        #expect(!text.contains("long-enough"), "\(text)")
      }
    }
  }

  @Test("X2: a dump and a transcript stay scripts that change nothing", arguments: secrets.filter { $0 != "webhook" })
  func scripts(_ secret: String) async throws {
    let server = try Self.service(secret)
    let home = try Home()
    let environment = WhRun.environment(server)
    let selection = "use app \(OneWebhook.app); webhook \(OneWebhook.webhook)"
    let dump = try await home.wh("--transcript", "t.wh", "-c", "\(selection); show; dump", environment: environment)
    #expect(
      dump.exit == 0 && dump.output.contains("set url https://old.example.com/webhook\n"), "\(dump.testDescription)")
    try home.write("d.wh", dump.output.components(separatedBy: "on error continue").dropFirst().joined())
    let transcript = try home.text("work/t.wh")
    for arguments in [["plan", "d.wh", "--exit-code"], ["check", "t.wh"], ["plan", "t.wh", "--exit-code"]] {
      let run = try await home.wh(arguments, environment: environment)
      #expect(run.exit == 0, "\(run.testDescription)\n\(transcript)")
    }
    let text = dump.output + transcript
    if secret.contains("long-enough") { #expect(!text.contains("long-enough"), "\(text)") }
  }
}
