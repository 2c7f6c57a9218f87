import WhAPI
import WhSyntax

/// A server with a key, under the name of the profile that they come from.
package struct Connection: Sendable {
  package let profile: String
  package let baseURL: BaseURL
  /// What the journal knows the server by: its url, but for a server whose port changes each time.
  package let host: String
  package let client: any APIClient
  /// True when a commit is to be confirmed first.
  package let isProtected: Bool
  /// True where writes are answered without being sent.
  package private(set) var isDryRun = false
  /// The number of requests sent so far.
  package let requestCount: @Sendable () -> Int
  /// The rate limit, once an answer has shown it.
  package let rate: @Sendable () -> PacingRate?
  /// How far the service's clock is ahead of this machine's; nil before the first answer.
  package let clockOffset: @Sendable () -> Duration?

  package init(
    profile: String, baseURL: BaseURL, client: any APIClient, host: String? = nil, isProtected: Bool = false,
    requestCount: @escaping @Sendable () -> Int = { 0 }, rate: @escaping @Sendable () -> PacingRate? = { nil },
    clockOffset: @escaping @Sendable () -> Duration? = { nil }
  ) {
    self.clockOffset = clockOffset
    self.rate = rate
    self.requestCount = requestCount
    self.profile = profile
    self.baseURL = baseURL
    self.host = host ?? baseURL.description
    self.client = client
    self.isProtected = isProtected
  }

  /// The same connection, with writes that are answered without being sent.
  func rehearsed(by client: any APIClient) -> Connection {
    var connection = Connection(
      profile: profile, baseURL: baseURL, client: client, host: host, isProtected: isProtected,
      requestCount: requestCount, rate: rate, clockOffset: clockOffset)
    connection.isDryRun = true
    return connection
  }
}

/// Makes a connection by a profile's name, or by what the command line and the environment say where none is given.
package typealias Connector = @Sendable (_ profile: String?) async throws(ConnectionProblem) -> Connection

/// Why there is no connection: no such profile, no key, a server that does not start.
package struct ConnectionProblem: Error, Sendable {
  package let kind: Failure.Kind
  package let code: DiagnosticCode
  package let message: String
  /// What to do about it.
  package let label: String?

  package init(_ kind: Failure.Kind, _ code: DiagnosticCode, _ message: String, label: String? = nil) {
    self.kind = kind
    self.code = code
    self.message = message
    self.label = label
  }
}
