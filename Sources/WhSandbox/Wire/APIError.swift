/// A refusal, as the service words it on the wire.
struct APIError: Error, Sendable, Equatable {
  var status: Int
  var type: String
  /// Only where the service publishes one.
  var code: String?
  var message: String
  var param: String?

  static func invalidRequest(_ message: String, code: String? = nil, param: String? = nil) -> APIError {
    APIError(status: 400, type: "invalid_request_error", code: code, message: message, param: param)
  }

  /// The service has no such thing, which the message calls by its `noun`.
  static func missing(_ noun: String) -> APIError {
    APIError(status: 404, type: "invalid_request_error", message: "\(noun) not found")
  }

  /// The message names no path, so that it can't be read as one about a webhook.
  static let noRoute = APIError(status: 404, type: "invalid_request_error", message: "Unrecognized request URL.")

  static func methodNotAllowed(_ method: String) -> APIError {
    APIError(status: 405, type: "invalid_request_error", message: "Method \(method) is not allowed here.")
  }

  static let bodyTooLarge = APIError(
    status: 413, type: "invalid_request_error", message: "The request body is over 1 MiB.")

  static let unauthenticated = APIError(
    status: 401, type: "authentication_error", message: "Invalid or missing API key.")

  static func wrongKey(_ kind: Key.Kind) -> APIError {
    let (needed, given) = kind == .admin ? ("an app", "an admin") : ("an admin", "an app")
    return APIError(
      status: 401, type: "authentication_error", message: "This operation takes \(needed) key, not \(given) key.")
  }

  static let testAppRequired = APIError(
    status: 400, type: "invalid_request_error", code: "test_app_required",
    message: "The playground takes the key of a test app.")

  static let internalError = APIError(status: 500, type: "api_error", message: "An unexpected error occurred.")

  static let unavailable = APIError(
    status: 503, type: "api_error", message: "The service is temporarily unavailable.")
}
