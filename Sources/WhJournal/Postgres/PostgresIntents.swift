import WhDomain

/// The intents of a commit as arrays of columns, so that one statement writes thousands of them.
struct PostgresIntents {
  /// As many as one statement writes.
  static let mostInStatement = 5000

  /// The parts of SQL that write the arrays for a row `r` with the run's `number` and the `start` of its places. The
  /// parameters from `$1` to `$11` are the arrays.
  static func insertions(into schema: String) -> String {
    """
    o AS (
      INSERT INTO \(schema).origins (run, id, statements)
      SELECT r.number, r.start + u.id, u.statements FROM r, unnest($1::bigint[], $2::text[]) AS u (id, statements)
    ), i AS (
      INSERT INTO \(schema).intents
        (run, place, app_id, app_slug, app_name, webhook_id, action, before, asked, origins)
      SELECT r.number, r.start + u.place, u.app_id, u.app_slug, u.app_name, u.webhook_id, u.action, u.before, u.asked,
        r.start + u.origins
      FROM r, unnest(
        $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[]
      ) AS u (place, app_id, app_slug, app_name, webhook_id, action, before, asked, origins)
    )
    """
  }

  /// The parameters of a statement each.
  let parts: [[PostgresValue]]

  init(_ changes: [Change]) {
    // Many intents come from the same few statements.
    var known: [[Origin]: Int] = [:]
    var parts: [[PostgresValue]] = []
    // One part at least, for a run without intents.
    repeat {
      let start = parts.count * Self.mostInStatement
      let end = min(start + Self.mostInStatement, changes.count)
      parts.append(Self.part(changes[start..<end], &known))
    } while parts.count * Self.mostInStatement < changes.count
    self.parts = parts
  }

  private static func part(_ changes: ArraySlice<Change>, _ known: inout [[Origin]: Int]) -> [PostgresValue] {
    var (ids, statements): ([Int], [String]) = ([], [])
    let origins = changes.indices.map { index -> String? in
      let origins = changes[index].origins
      if origins.isEmpty { return nil }
      if let id = known[origins] { return String(id) }
      known[origins] = index
      ids.append(index)
      statements.append(JSONWriter.origins(origins))
      return String(index)
    }
    let records = changes.map { IntentRecord($0) }
    return [
      PostgresValue(ids), PostgresValue(statements), PostgresValue(Array(changes.indices)),
      PostgresValue(records.map(\.appID)), PostgresValue(records.map(\.appSlug)), PostgresValue(records.map(\.appName)),
      PostgresValue(records.map(\.webhookID)), PostgresValue(records.map(\.action)),
      PostgresValue(records.map(\.before)), PostgresValue(records.map(\.asked)), PostgresValue(origins),
    ]
  }
}
