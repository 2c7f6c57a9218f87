import Foundation
import Testing
import WhTestSupport

/// A journal in PostgreSQL, in a schema of its own, a service of many apps, and machines that use both.
struct SharedJournal {
  let database: PostgresServer
  let schema: String
  let service: ManyApps
  let server: FakeService

  /// - Parameter database: nil for the one that tests share.
  init(apps: Int, on database: PostgresServer? = nil) throws {
    self.database = try database ?? .shared()
    schema = Self.newSchema()
    let service = ManyApps(apps)
    self.service = service
    server = try FakeService(service.answer)
  }

  static func newSchema() -> String { "e_\(UUID().uuidString.replacing("-", with: "").lowercased())" }

  var url: String { database.url(schema: schema) }

  /// What leads `wh` to the service and to the journal.
  var environment: [String: String] {
    WhRun.environment(server).merging(["WH_JOURNAL": url]) { $1 }
  }

  /// A script that does harm when it is run twice.
  static func script(_ letter: String) -> String {
    "use app *\nwebhook *\nreplace url example.com/ with example.com/\(letter)-\ncommit\n"
  }

  /// Webhooks that are not as they must be after scripts, each done once.
  func wrong(after letters: String) -> [String: String] {
    let prefix = letters.reversed().map { "\($0)-" }.joined()
    return service.urls.filter { id, url in url != "https://example.com/\(prefix)\(id.suffix(1))" }
  }

  /// The processes of the server that serve `wh` here.
  func backends() throws -> [Int32] {
    try database.sql("SELECT backend FROM \(schema).live_locks").split(separator: "\n").compactMap { Int32($0) }
  }
}
