extension PostgresJournal {
  private struct Facts {
    let server: String
    let version: Int?
    let isWritable: Bool
    let roundTrip: Duration
  }

  /// What is known of a journal; it is not created.
  ///
  /// - Throws: `JournalError` as opening does.
  static func health(at address: PostgresAddress) async throws(JournalError) -> JournalHealth {
    let journal = PostgresJournal(address, .live)
    let result: Result<JournalHealth, JournalError>
    do throws(JournalError) {
      let known = try await journal.link.perform { try facts($0, address) }
      result = .success(
        JournalHealth(
          .postgres(version: known.server), at: address.shown, version: known.version, isWritable: known.isWritable,
          roundTrip: known.roundTrip, unfinished: known.version == nil ? [] : try await journal.allUnfinishedRuns()))
    } catch {
      result = .failure(error)
    }
    await journal.close()
    return try result.get()
  }

  private static func facts(_ connection: PostgresConnection, _ address: PostgresAddress) throws -> Facts {
    let schema = PostgresSchema(address: address, connection: connection)
    let state = try schema.state()
    if state == .earlier { try schema.prepare() }
    let name = address.quotedSchema
    let version =
      state == .none
      ? nil : try connection.run("SELECT max(number) FROM \(name).versions").first?.optionalInt(0)
    let server = connection.parameter("server_version")?.split(separator: " ").first.map(String.init)
    return Facts(
      server: server ?? String(connection.serverVersion / 10_000), version: version,
      isWritable: try isWritable(connection, address, isThere: state != .none),
      roundTrip: try roundTrip(connection))
  }

  /// Whether the server takes writes, and from this user.
  private static func isWritable(
    _ connection: PostgresConnection, _ address: PostgresAddress, isThere: Bool
  ) throws -> Bool {
    let rights =
      isThere
      ? "has_table_privilege($1::text || '.runs', 'INSERT') AND has_table_privilege($1::text || '.outcomes', 'INSERT')"
      : """
      CASE WHEN to_regnamespace($1::text) IS NULL THEN has_database_privilege(current_database(), 'CREATE')
        ELSE has_schema_privilege(to_regnamespace($1::text)::oid, 'CREATE') END
      """
    return try connection.run(
      "SELECT current_setting('transaction_read_only') = 'off' AND \(rights)", [PostgresValue(address.quotedSchema)]
    ).first?.bool(0) ?? false
  }

  /// The shortest of a few, which has the least of other work in it.
  private static func roundTrip(_ connection: PostgresConnection) throws -> Duration {
    var shortest: Duration?
    for _ in 0..<3 {
      let start = ContinuousClock.now
      try connection.run("SELECT 1")
      let time = ContinuousClock.now - start
      shortest = min(shortest ?? time, time)
    }
    return shortest ?? .zero
  }
}
