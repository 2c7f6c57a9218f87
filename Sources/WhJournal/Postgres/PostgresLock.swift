import WhDomain

/// A lock that this process holds: a row that says who holds it, and an advisory lock of the connection that says that the row
/// is alive. The server drops the advisory lock with the connection, however that ends.
struct PostgresHeldLock: Sendable {
  let id: Int
  let scope: LockScope
  /// The key of the advisory lock.
  let key: Int64

  /// Takes the lock again with another connection, unless another process took it in between.
  ///
  /// - Throws: `JournalError` where another one did, `PostgresError`.
  func takeAgain(_ connection: PostgresConnection, _ address: PostgresAddress) throws {
    let s = address.quotedSchema
    try connection.transaction(turn: scope.turn(in: address)) {
      let row = try connection.run("SELECT backend FROM \(s).locks WHERE id = $1::bigint", [PostgresValue(id)]).first
      guard let row else {
        throw address.error(.taken(by: try PostgresLocks.live(scope, connection, address).first?.holder))
      }
      let isGiven = try connection.run("SELECT pg_try_advisory_lock($1::bigint)", [PostgresValue(key)]).first?.bool(0)
      guard isGiven == true else {
        // The server has not noticed yet that the last connection is gone.
        try connection.run("SELECT pg_terminate_backend($1::int)", [PostgresValue(try row.int(0))])
        throw PostgresError.lost("the server still serves the connection that was lost")
      }
      try connection.run(
        "UPDATE \(s).locks SET backend = pg_backend_pid() WHERE id = $1::bigint", [PostgresValue(id)])
    }
  }

  func giveBack(_ connection: PostgresConnection, _ address: PostgresAddress) throws {
    try connection.run(
      """
      WITH gone AS (DELETE FROM \(address.quotedSchema).locks WHERE id = $1::bigint)
      SELECT pg_advisory_unlock($2::bigint)
      """, [PostgresValue(id), PostgresValue(key)])
  }
}

/// Gives the lock back when it is released, or dropped.
final class PostgresLock: RunLock {
  private let link: PostgresLink
  private let lock: PostgresHeldLock

  init(_ link: PostgresLink, _ lock: PostgresHeldLock) {
    self.link = link
    self.lock = lock
  }

  deinit {
    let (link, lock) = (link, lock)
    link.submit { if link.heldLockIDs.contains(lock.id) { link.release(lock) } }
  }

  func release() async {
    await withCheckedContinuation { continuation in
      link.submit { [link, lock] in
        if link.heldLockIDs.contains(lock.id) { link.release(lock) }
        continuation.resume()
      }
    }
  }
}

/// Giving locks.
enum PostgresLocks {
  /// A lock that a process holds.
  struct Live {
    let shard: Shard?
    let holder: LockHolder
  }

  /// The locks of a profile on a server that are held now, oldest first.
  static func live(
    _ scope: LockScope, _ connection: PostgresConnection, _ address: PostgresAddress
  ) throws -> [Live] {
    try connection.run(
      """
      SELECT shard, process, user_name, machine, since FROM \(address.quotedSchema).live_locks
      WHERE profile = $1 AND host = $2 ORDER BY id
      """, [PostgresValue(scope.profile), PostgresValue(scope.host)]
    ).map { row in
      Live(
        shard: row.optional(0).flatMap(Shard.init),
        holder: LockHolder(
          processID: Int32(clamping: try row.int(1)), user: try row.text(2), since: try row.moment(4),
          machine: row.optional(3)))
    }
  }

  /// Takes a lock, without waiting. Those who do so go one at a time.
  ///
  /// - Throws: `LockProblem` where another one has it, `PostgresError`.
  static func take(
    _ scope: LockScope, _ shard: Shard?, _ holder: LockHolder, _ connection: PostgresConnection,
    _ address: PostgresAddress
  ) throws -> PostgresHeldLock {
    let key = scope.key(of: shard, in: address)
    return try connection.transaction(turn: scope.turn(in: address)) {
      if let other = try live(scope, connection, address).first(where: { !Shard.goTogether($0.shard, shard) }) {
        throw LockProblem.held(by: other.holder)
      }
      guard let id = try insert(scope, shard, holder, key, connection, address) else {
        // The connection of a process that has just ended is not closed yet.
        throw LockProblem.held(by: nil)
      }
      return PostgresHeldLock(id: id, scope: scope, key: key)
    }
  }

  /// Takes the advisory lock and writes the row, in place of those of dead processes that would stand against it: a process
  /// that comes back finds that its own is gone.
  private static func insert(
    _ scope: LockScope, _ shard: Shard?, _ holder: LockHolder, _ key: Int64, _ connection: PostgresConnection,
    _ address: PostgresAddress
  ) throws -> Int? {
    let s = address.quotedSchema
    return try connection.run(
      """
      WITH gone AS (
        DELETE FROM \(s).locks l WHERE profile = $1 AND host = $2 AND NOT EXISTS (
          SELECT FROM \(s).live_locks v WHERE v.id = l.id
        ) AND ($3::text IS NULL OR shard IS NULL OR shard = $3::text
          OR split_part(shard, '/', 2) <> split_part($3::text, '/', 2))
      )
      INSERT INTO \(s).locks (profile, host, shard, key, backend, process, user_name, machine, since)
      SELECT $1, $2, $3::text, $4::bigint, pg_backend_pid(), $5::int, $6, $7, $8::bigint
      WHERE pg_try_advisory_lock($4::bigint) RETURNING id
      """,
      [
        PostgresValue(scope.profile), PostgresValue(scope.host), PostgresValue(shard?.description), PostgresValue(key),
        PostgresValue(Int(holder.processID)), PostgresValue(holder.user), PostgresValue(holder.machine),
        PostgresValue(holder.since),
      ]
    ).first?.int(0)
  }
}

extension LockScope {
  /// The key of the advisory lock of those who take a lock of this profile and server, for as long as that takes.
  fileprivate func turn(in address: PostgresAddress) -> Int64 {
    PostgresKey.of("turn", address.schema, profile, host)
  }

  fileprivate func key(of shard: Shard?, in address: PostgresAddress) -> Int64 {
    PostgresKey.of("lock", address.schema, profile, host, shard?.description ?? "")
  }
}

/// Keys of advisory locks. Those are of the whole database, so that a key comes from all that it stands for: other teams, in
/// other schemas, are not held up.
enum PostgresKey {
  static func of(_ parts: String...) -> Int64 {
    let digest = SHA256.hexadecimalDigest(of: Array((["wh"] + parts).joined(separator: "\0").utf8))
    return Int64(bitPattern: UInt64(digest.prefix(16), radix: 16) ?? 0)
  }
}
