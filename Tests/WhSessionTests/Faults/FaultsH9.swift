import Testing
import WhAPI
import WhDomain
import WhJournal
import WhSession
import WhTestSupport

@Suite("H9: nothing is created twice")
struct FaultsH9 {
  private static let lost = APIError(.unreachable, message: "the connection was lost: reset")
  private static let url = "https://made.example.com/1"

  /// Apps whose services number their webhooks alike.
  private static func client(_ count: Int) -> FakeAPIClient {
    FakeAPIClient(
      Dictionary(
        uniqueKeysWithValues: (1...count).map {
          (Harness.app("app_\($0)", "s\($0)"), [Harness.webhook("w\($0)", "app_\($0)", ["A"])])
        }))
  }

  private static func made(_ app: Int) -> Webhook {
    Webhook(
      id: WebhookID(unchecked: "new2"), appID: AppID(unchecked: "app_\(app)"), url: url, events: ["A"])
  }

  /// All three get the id `new2`. Of some the response is lost, after the service has taken it or before.
  @Test(
    "H9: three are asked for in three apps, and three there are, though all have the same id",
    arguments: [[1], [2], [3], [1, 2], [2, 3], [1, 2, 3]], [true, false])
  func sameID(apps: [Int], wasTaken: Bool) async throws {
    let client = Self.client(3)
    let journal = MemoryRunLog()
    for app in apps {
      if wasTaken { await client.when("post app_\(app)") { $0.insert(Self.made(app)) } }
      await client.fail("post app_\(app)", with: .unknown(Self.lost), times: 1)
    }
    let first = try Harness(client, answer: true, journal: journal)
    // One after the other, since each lost one ends a run.
    await first.run("use app *; create webhook \(Self.url) events A; commit")
    for _ in 0..<4 {
      _ = try? await Harness(client, answer: true, journal: journal.another()).session.resume(nil)
    }
    #expect(try await journal.run(1).state == .finished)
    let last = try Harness(client, answer: true, journal: journal.another())
    for app in 1...3 {
      let rows = await last.run("use app s\(app); webhook where url = \"\(Self.url)\"; show webhooks").rows
      #expect(rows.count { $0.contains(Self.url) } == 1, "app \(app): \(rows)")
    }
  }
}
