import Foundation
import GRDB
import Testing
import WhDomain

@testable import WhJournal

@Suite("Runs in a file")
struct FileTests {
  @Test(
    "contain any text",
    arguments: ["", "\0", "\"\\\u{1}\n\t\u{7F}", "é👩‍👩‍👧", "\u{2028}", "'; DROP TABLE runs; --", "\u{FFFF}"])
  func texts(text: String) async throws {
    try await withTemporaryFolder { folder in
      let before = Webhook(
        id: WebhookID(unchecked: "w"), appID: AppID(unchecked: text), url: text, events: [text, "x"],
        headers: Headers([Header(name: "n" + text, value: text)]),
        updatedAt: try Timestamp("2021-08-01T00:00:00.123+02:00"))
      let change = Change(
        app: App(id: AppID(unchecked: "a"), slug: "s" + text.filter { $0 != "\0" }), webhookID: before.id,
        action: .update(before: before, WebhookPatch(url: text, events: [text])),
        origins: [Origin(source: text, line: 1, column: 2, statement: text)])
      let journal = try Journal.sample(at: folder.journal)
      let run = try await journal.begin(Samples.metadata(), [change])
      run.record(Outcome(change, .updated, answer: before), at: 0)
      try await run.finish()
      let intent = try #require(try await journal.allIntents(of: 1).first)
      #expect(intent.change == change)
      #expect(intent.change.before?.appID.text == text)
      #expect(intent.outcome?.answer == before)
      #expect(intent.outcome?.answer?.updatedAt?.text == before.updatedAt?.text)
    }
  }

  @Test("free their disk space when they are pruned")
  func room() async throws {
    try await withTemporaryFolder { folder in
      let journal = try Journal.sample(at: folder.journal)
      let changes = Samples.updates(200)
      for startedAt in [Moment.sample, .sample.adding(seconds: 60)] {
        let run = try await journal.begin(Samples.metadata(startedAt: startedAt), changes)
        for index in changes.indices { run.record(Samples.done(changes[index]), at: index) }
        try await run.finish()
      }
      let pages = try await journal.perform { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
      #expect(try await journal.prune(olderThan: Moment.sample.adding(seconds: 1), profile: nil, host: nil) == 1)
      let size = try #require(try FileManager.default.attributesOfItem(atPath: folder.journal)[.size] as? Int)
      #expect(size / 4096 < pages * 3 / 4)
    }
  }
}
