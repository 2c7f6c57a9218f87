import CPostgres

/// A connection to a server. Its calls block, so that only the link's queue makes them.
final class PostgresConnection {
  /// How long an answer, or a part of one, is waited for.
  private static let longestSilence: Int32 = 30_000
  private let handle: OpaquePointer

  /// Connects.
  ///
  /// - Throws: `JournalError` where libpq is missing or does not understand the url, `PostgresError` where the server can't
  ///   be reached or refuses.
  init(_ address: PostgresAddress, application: String) throws {
    if let problem = cpq_load() { throw address.error(.noLibrary, String(cString: problem)) }
    if let problem = cpq_url_problem(address.url) {
      defer { cpq_text_free(problem) }
      // What libpq quotes may be a part of a password.
      let words = PostgresError.line(String(cString: problem))
      throw address.error(.unreachable, String(words[..<(words.firstRange(of: ": \"")?.lowerBound ?? words.endIndex)]))
    }
    guard let handle = cpq_connect(address.url, application) else { throw PostgresError.lost("out of memory") }
    guard cpq_is_connected(handle) else {
      defer { cpq_disconnect(handle) }
      throw PostgresError.lost(PostgresError.line(String(cString: cpq_error(handle))))
    }
    self.handle = handle
  }

  deinit { cpq_disconnect(handle) }

  /// The descriptor of the connection, which is closed with it.
  var socket: Int32 { cpq_socket(handle) }

  /// True where the server has said something unasked, which means the end of the connection, or has closed it.
  static func hasNews(_ socket: Int32) -> Bool { cpq_has_news(socket) }

  /// The version of the server, such as 150018 for 15.18.
  var serverVersion: Int { Int(cpq_server_version(handle)) }

  /// What the server reports of itself.
  func parameter(_ name: String) -> String? { cpq_parameter(handle, name).map { String(cString: $0) } }

  /// Runs one statement, in a transaction of its own unless one is open.
  ///
  /// - Throws: `PostgresError`.
  @discardableResult
  func run(_ sql: String, _ parameters: [PostgresValue] = []) throws -> [PostgresRow] {
    try results(Self.withPointers(parameters) { cpq_send(handle, sql, Int32(parameters.count), $0) })
  }

  /// Runs several statements without parameters, all of which are done or none.
  ///
  /// - Returns: the rows of all of them.
  /// - Throws: `PostgresError`.
  @discardableResult
  func runAll(_ sql: String) throws -> [PostgresRow] { try results(cpq_send(handle, sql, -1, nil)) }

  /// Does work in one transaction, which is durable when this returns.
  ///
  /// - Parameter turn: a key; those who give the same one do their work one after the other.
  func transaction<Value>(turn: Int64? = nil, _ work: () throws -> Value) throws -> Value {
    try runAll(turn.map { "BEGIN; SELECT pg_advisory_xact_lock(\($0))" } ?? "BEGIN")
    do {
      let value = try work()
      try run("COMMIT")
      return value
    } catch let error as PostgresError {
      if case .refused = error { _ = try? run("ROLLBACK") }
      throw error
    } catch {
      _ = try? run("ROLLBACK")
      throw error
    }
  }

  private func results(_ isSent: Bool) throws -> [PostgresRow] {
    guard isSent else { throw lost }
    var rows: [PostgresRow] = []
    var problem: PostgresError?
    while true {
      switch cpq_wait(handle, Self.longestSilence) {
      case CPQ_READY: break
      case CPQ_LATE: throw PostgresError.lost("the server did not answer for \(Self.longestSilence / 1000) seconds")
      default: throw lost
      }
      guard let result = cpq_next(handle) else { break }
      defer { cpq_result_free(result) }
      if cpq_is_fine(result) {
        rows += (0..<cpq_row_count(result)).map { PostgresRow(result, $0) }
      } else {
        problem = PostgresError(
          code: cpq_sqlstate(result).map { String(cString: $0) }, String(cString: cpq_message(result)))
      }
      guard cpq_is_connected(handle) else { throw lost }
    }
    if let problem { throw problem }
    return rows
  }

  private var lost: PostgresError { .lost(PostgresError.line(String(cString: cpq_error(handle)))) }

  private static func withPointers<Value>(
    _ values: [PostgresValue], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
  ) -> Value {
    var pointers: [UnsafePointer<CChar>?] = []
    func next() -> Value {
      guard pointers.count < values.count else { return body(pointers) }
      guard let bytes = values[pointers.count].bytes else {
        pointers.append(nil)
        return next()
      }
      return bytes.withUnsafeBytes { bytes in
        pointers.append(bytes.assumingMemoryBound(to: CChar.self).baseAddress)
        return next()
      }
    }
    return next()
  }
}
