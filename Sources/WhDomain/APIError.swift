/// Why a request to the service had no success: a plain value, whatever it was sent over.
package struct APIError: Error, Hashable, Sendable {
  package enum Category: Hashable, Sendable {
    /// 401: the key is not accepted at all.
    case keyRefused
    /// 403 that speaks of the key: it may not do this.
    case forbidden
    /// 404, 410: the app, the webhook, or the whole route.
    case notFound
    /// 405, 501: the route does not know the method.
    case methodNotAllowed
    /// 409, 412.
    case conflict
    /// Any other 4xx.
    case invalid
    /// 429, or a wait that is too long; `retryAfter` says how long.
    case rateLimited
    /// 5xx, and others that may succeed later.
    case server
    /// 3xx, which is never followed; the host that the server names, where it does.
    case redirect(host: String?)
    /// A success whose body can't be read.
    case malformed
    /// No answer: no address, no connection, no trust in it, or it was lost.
    case unreachable
    /// The task that asked was cancelled.
    case cancelled
    /// Not sent: its turn came after `notAfter`.
    case expired
    /// Not sent: what comes of it could not be recorded.
    case withheld
    /// No request: the key has no such route, or the caller made an error.
    case unsupported
  }

  package var category: Category
  /// Nil where there was no answer.
  package var status: Int?
  /// The API's own `type`, `code`, `param` and `doc_url`.
  package var type: String?
  package var code: String?
  package var param: String?
  package var docURL: String?
  /// The API's own message, or what is wrong, as one clause. May hold any character: the network wrote it.
  package var message: String
  /// How long the server asks to wait.
  package var retryAfter: Duration?
  /// How often the request was sent when it was given up as not worth another try; 1 where it was never tried again.
  package var tries = 1

  package init(_ category: Category, status: Int? = nil, message: String) {
    self.category = category
    self.status = status
    self.message = message
  }
}

extension APIError: CustomStringConvertible {
  /// On one line, as in `HTTP 400 bad_enum: Invalid enum value (events[1]; see https://…)`.
  package var description: String {
    let said = [status.map { "HTTP \($0)" }, code].compactMap(\.self).joined(separator: " ")
    let notes = [param, docURL.map { "see \($0)" }, tries > 1 ? "gave up after \(tries) tries" : nil]
      .compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "; ")
    return (said.isEmpty ? "" : said + ": ") + message + (notes.isEmpty ? "" : " (\(notes))")
  }
}
