/// A refusal, as the service words it on the wire.
struct APIError: Error, Sendable, Equatable {
  var status: Int
  var type: String
  var code: String
  var message: String
  var param: String?

  static func invalidRequest(_ code: String, _ message: String, param: String? = nil) -> APIError {
    APIError(status: 400, type: "invalid_request_error", code: code, message: message, param: param)
  }

  static func missing(_ kind: String, _ id: String, param: String) -> APIError {
    APIError(
      status: 404, type: "invalid_request_error", code: "resource_missing", message: "No such \(kind): \(id)",
      param: param)
  }

  static func noRoute(_ method: String, _ path: String) -> APIError {
    APIError(
      status: 404, type: "invalid_request_error", code: "route_not_found",
      message: "Unrecognized request URL (\(method) \(path)).")
  }

  static func methodNotAllowed(_ method: String, _ path: String) -> APIError {
    APIError(
      status: 405, type: "invalid_request_error", code: "method_not_allowed",
      message: "\(method) is not allowed on \(path).")
  }

  static let bodyTooLarge = APIError(
    status: 413, type: "invalid_request_error", code: "body_too_large", message: "The request body is over 1 MiB.")

  static let unauthenticated = APIError(
    status: 401, type: "authentication_error", code: "invalid_api_key", message: "Invalid or missing API key.")

  static func forbidden(_ kind: Key.Kind) -> APIError {
    let (needed, given) = kind == .admin ? ("an app", "an admin") : ("an admin", "an app")
    return APIError(
      status: 403, type: "authentication_error", code: "wrong_key_type",
      message: "This operation takes \(needed) key, not \(given) key.")
  }

  static let internalError = APIError(
    status: 500, type: "api_error", code: "internal_error", message: "An unexpected error occurred.")

  static let unavailable = APIError(
    status: 503, type: "api_error", code: "service_unavailable", message: "The service is temporarily unavailable.")

  var json: JSON {
    var members = [
      JSON.Member("type", .string(type)),
      JSON.Member("code", .string(code)),
      JSON.Member("message", .string(message)),
      JSON.Member("doc_url", .string("https://docs.buildwithchirp.com/errors#\(code)")),
    ]
    if let param { members.append(JSON.Member("param", .string(param))) }
    return .object([JSON.Member("error", .object(members))])
  }
}
