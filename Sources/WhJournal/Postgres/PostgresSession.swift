import Foundation

/// What each connection to the server begins with.
enum PostgresSession {
  /// The oldest version that is used, as the server says it.
  private static let oldestVersion = 130_000

  /// - Throws: `JournalError` for a server that can't hold a journal, `PostgresError`.
  static func begin(_ connection: PostgresConnection, _ address: PostgresAddress) throws {
    guard connection.serverVersion >= oldestVersion else {
      let version = connection.parameter("server_version") ?? "\(connection.serverVersion / 10_000)"
      throw address.error(.unsupported, "the server has version \(version), and 13 is the oldest that can be used")
    }
    let encoding = connection.parameter("server_encoding") ?? "UTF8"
    guard encoding == "UTF8" else {
      throw address.error(.unsupported, "the database has the encoding \(encoding), not UTF8")
    }
    try connection.runAll(settings)
  }

  // The keepalives let the server notice within half a minute that the machine of a lock's holder is gone. A server that is
  // set to be safer than `on` stays so.
  private static let settings = """
    SET search_path = pg_catalog;
    SET default_transaction_isolation = 'read committed';
    SET standard_conforming_strings = on;
    SET lock_timeout = '20s';
    SET statement_timeout = '60s';
    SET idle_in_transaction_session_timeout = '60s';
    SET tcp_keepalives_idle = 15;
    SET tcp_keepalives_interval = 5;
    SET tcp_keepalives_count = 3;
    SET tcp_user_timeout = 30000;
    SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout';
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') <> 'remote_apply'
    """
}

/// Waiting on a thread that may block.
enum Blocking {
  static func sleep(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    usleep(UInt32(clamping: seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
  }
}
