import WhDomain

@testable import WhJournal

/// The file of a run, as others edited it: read, written again, and written without its secrets.
enum RunTarget: FuzzTarget {
  static let words =
    KeptWords.all + [
      "{\"format\":\"wh run\",\"version\":1,", "\"run\":{\"number\":1,", "\"startedAt\":1", "\"isAbandoned\":false",
      "\"leftOut\":[]", "\"intents\":[", "\"outcome\":{\"state\":\"done\",", "\"settled\":true", "\"tries\":1",
      "\"at\":1",
      "\"before\":\"{", "\"iterations\":1", "\"sealed\":\"", "\"nonce\":\"", "\"tag\":\"",
    ]

  private static let secret = "hunter2-secret"

  static func run(_ bytes: [UInt8]) {
    guard let file = try? RunFile(file: bytes, passphrase: nil) else { return }
    check(file)
    let hidden = file.withoutSecrets { $0.replacing(secret, with: "••••") }
    check(hidden)
    for change in file.intents.map(\.change) { KeptWords.check(change.app.id, change.webhookID) }
    let texts = hidden.intents.flatMap { intent -> [String] in
      let webhooks = [intent.change.before, intent.outcome?.answer].compactMap(\.self)
      return webhooks.flatMap { [$0.url] + $0.headers.all.map(\.value) }
    }
    rule(!texts.contains { $0.contains(secret) }, "a run without its secrets holds one")
  }

  private static func check(_ file: RunFile) {
    do throws(RunFileProblem) {
      let text = try file.text(tool: "0.2.0", passphrase: nil)
      let again = try RunFile(file: Array(text.utf8), passphrase: nil)
      rule(again == file, "a run is read otherwise than it was written")
    } catch {
      broken("a run can't be read as it was written: it \(error.reason)")
    }
  }
}
