import Foundation
import WhTestSupport

@testable import WhJournal

/// A schema of its own on a server.
struct JournalDatabase {
  let server: PostgresServer
  let schema: String
  let address: PostgresAddress

  /// - Parameter server: nil for the one that tests share.
  init(_ server: PostgresServer? = nil) throws {
    self.server = try server ?? .shared()
    schema = "s_\(UUID().uuidString.replacing("-", with: "").lowercased())"
    address = try PostgresAddress(self.server.url(schema: schema))
  }

  /// The journal, as a process opens it, which the server knows by a name.
  func journal(
    _ time: ManualTime = ManualTime(), _ limits: PostgresLink.Limits = PostgresLink.Limits(),
    application: String = "one"
  ) -> PostgresJournal {
    PostgresJournal(address, time.environment, limits, application: "\(application) \(schema)")
  }

  /// Ends the connections of those that go by a name, as if their process was killed.
  func endConnections(of application: String = "one") throws {
    try server.endConnections(of: "\(application) \(schema)")
  }

  /// Fills the disk, or makes room on it.
  func setFull(_ isFull: Bool) throws {
    guard isFull else {
      try server.sql("DROP FUNCTION \(schema).fill() CASCADE")
      return
    }
    let triggers = ["runs", "intents", "outcomes"].map { table in
      "CREATE TRIGGER fill BEFORE INSERT ON \(schema).\(table) EXECUTE FUNCTION \(schema).fill();"
    }
    try server.sql(
      """
      CREATE FUNCTION \(schema).fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
      END $$; \(triggers.joined(separator: " "))
      """)
  }
}
