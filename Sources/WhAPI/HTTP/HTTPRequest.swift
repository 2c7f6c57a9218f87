/// A request, apart from the server that it goes to.
package struct HTTPRequest: Hashable, Sendable {
  package var method: HTTPMethod
  /// The path below the base URL, from its `/` on, with the query if there is one; percent-encoded.
  package var path: String
  /// Without `Authorization`, so that a request can be logged whole.
  package var fields: [HTTPField]
  /// The bearer token.
  package var authorization: Secret?
  /// True where the request is for its answer alone and changes nothing.
  package var isRead: Bool
  /// Nil sends no body; empty sends a body of no bytes.
  package var body: [UInt8]?
  /// How long the whole exchange may take; nil takes the transport's default.
  package var timeout: Duration?
  package var terms = SendingTerms()
  /// 1 for the first try.
  package var attempt = 1

  package init(
    _ method: HTTPMethod, _ path: String, fields: [HTTPField] = [], authorization: Secret? = nil,
    body: [UInt8]? = nil, timeout: Duration? = nil, isRead: Bool? = nil
  ) {
    self.method = method
    self.path = path
    self.fields = fields
    self.authorization = authorization
    self.body = body
    self.timeout = timeout
    self.isRead = isRead ?? (method == .get)
  }

  /// The path without the query.
  package var pathAlone: String {
    String(path.prefix { $0 != "?" })
  }
}
