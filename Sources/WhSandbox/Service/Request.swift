import Foundation

/// A request as the service sees it, apart from the server that received it.
struct Request: Sendable {
  /// In capitals.
  var method: String
  /// As the request line has it, percent-encoded and without the query.
  var path: String
  /// Without the question mark; empty if there is none.
  var query = ""
  var authorization: String?
  var contentType: String?
  var body = Data()
  /// Whether the body was larger than the service takes, and `body` holds only its start.
  var isTooLarge = false

  /// Whether the body says that it is JSON.
  var isJSON: Bool {
    let type = (contentType ?? "").prefix { $0 != ";" }
    return type.trimmingCharacters(in: .whitespaces).lowercased() == "application/json"
  }
}
