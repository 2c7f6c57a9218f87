/// The journal's tables, one step for each change of them since the first release. docs/journal.md describes them.
struct PostgresSchema {
  private struct Step {
    let name: String
    /// SQL, with `$schema` for the schema.
    let sql: String
  }

  let address: PostgresAddress
  let connection: PostgresConnection

  private var schema: String { address.quotedSchema }

  enum State { case none, earlier, current }

  /// Whether there is a journal in the schema, and of which version.
  ///
  /// - Throws: `JournalError` for a schema with something else in it, and for a journal of a newer version; `PostgresError`.
  func state() throws -> State {
    let found = try connection.run(
      """
      SELECT to_regclass($2) IS NOT NULL, EXISTS (
        SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind IN ('r', 'v')
      )
      """, [PostgresValue(address.schema), PostgresValue("\(schema).versions")]
    ).first
    guard found?.bool(0) == true else {
      guard found?.bool(1) != true else { throw address.error(.notAJournal) }
      return .none
    }
    let version = try connection.run("SELECT coalesce(max(number), 0) FROM \(schema).versions").first?.int(0) ?? 0
    guard version <= Self.steps.count else { throw address.error(.newerVersion) }
    return version == Self.steps.count ? .current : .earlier
  }

  /// Makes the tables, or brings them up to date. Of several clients at once one does it, and the others find it done.
  ///
  /// - Throws: as `state` does.
  func prepare() throws {
    guard try state() != .current else { return }
    try connection.transaction(turn: PostgresKey.of("migrations", address.schema)) {
      if try connection.run("SELECT to_regnamespace($1)::text", [PostgresValue(schema)]).first?.optional(0) == nil {
        try connection.runAll("CREATE SCHEMA \(schema)")
      }
      var version = 0
      if try state() != .none {
        version = try connection.run("SELECT max(number) FROM \(schema).versions").first?.optionalInt(0) ?? 0
      }
      for (number, step) in zip(1..., Self.steps).dropFirst(version) {
        try connection.runAll(step.sql.replacing("$schema", with: schema))
        try connection.run(
          "INSERT INTO \(schema).versions (number, name) VALUES ($1::int, $2)",
          [PostgresValue(number), PostgresValue(step.name)])
      }
    }
  }

  private static let steps = [
    Step(name: "runs, ledger and locks", sql: versions + runs + ledger + locks)
  ]

  private static let versions = """
    CREATE TABLE $schema.versions (
      number int PRIMARY KEY,
      name text NOT NULL,
      at timestamptz NOT NULL DEFAULT now()
    );
    """

  // A counter and not a sequence, so that a run that could not be written leaves no gap.
  private static let runs = """
    CREATE TABLE $schema.counters (name text PRIMARY KEY, last bigint NOT NULL);
    INSERT INTO $schema.counters VALUES ('runs', 0);
    CREATE TABLE $schema.runs (
      number bigint PRIMARY KEY,
      token text NOT NULL UNIQUE,
      profile text NOT NULL,
      host text NOT NULL,
      script text,
      script_sha256 text,
      note text,
      user_name text NOT NULL,
      version text NOT NULL,
      undoes bigint,
      started_at bigint NOT NULL,
      finished_at bigint,
      abandoned_at bigint,
      intent_count bigint NOT NULL,
      open_count bigint,
      lock bigint
    );
    CREATE INDEX runs_of_profile ON $schema.runs (profile, host, number);
    CREATE INDEX runs_that_undo ON $schema.runs (undoes) WHERE undoes IS NOT NULL;
    CREATE TABLE $schema.origins (
      run bigint NOT NULL,
      id bigint NOT NULL,
      statements text NOT NULL,
      PRIMARY KEY (run, id)
    );
    CREATE TABLE $schema.intents (
      run bigint NOT NULL,
      place bigint NOT NULL,
      app_id text NOT NULL,
      app_slug text,
      app_name text,
      webhook_id text,
      action text NOT NULL,
      before text,
      asked text,
      origins bigint,
      PRIMARY KEY (run, place)
    );
    CREATE TABLE $schema.outcomes (
      run bigint NOT NULL,
      place bigint NOT NULL,
      state text NOT NULL,
      settled boolean NOT NULL,
      message text,
      tries bigint NOT NULL,
      at bigint NOT NULL,
      answer text,
      PRIMARY KEY (run, place)
    );
    """

  private static let ledger = """
    CREATE TABLE $schema.scripts (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      profile text NOT NULL,
      host text NOT NULL,
      folder text NOT NULL,
      name text COLLATE "C" NOT NULL,
      sha256 text NOT NULL,
      outcome text NOT NULL,
      run bigint,
      at bigint NOT NULL,
      UNIQUE (profile, host, folder, name)
    );
    CREATE TABLE $schema.script_apps (
      script bigint NOT NULL REFERENCES $schema.scripts (id) ON DELETE CASCADE,
      app_id text COLLATE "C" NOT NULL,
      outcome text NOT NULL,
      run bigint,
      at bigint NOT NULL,
      PRIMARY KEY (script, app_id)
    );
    """

  // A row is alive while its connection holds the advisory lock of its key. `pg_locks` has the halves of the key apart.
  private static let locks = """
    CREATE TABLE $schema.locks (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      profile text NOT NULL,
      host text NOT NULL,
      shard text,
      key bigint NOT NULL,
      backend int NOT NULL,
      process bigint NOT NULL,
      user_name text NOT NULL,
      machine text,
      since bigint NOT NULL
    );
    CREATE VIEW $schema.live_locks AS
      SELECT l.* FROM $schema.locks l WHERE EXISTS (
        SELECT FROM pg_locks p JOIN pg_database d ON d.oid = p.database
        WHERE p.locktype = 'advisory' AND p.objsubid = 1 AND p.granted AND p.pid = l.backend
          AND d.datname = current_database() AND (p.classid::bigint << 32) | p.objid::bigint = l.key
      );
    """
}
