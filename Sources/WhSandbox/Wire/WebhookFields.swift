import Foundation

/// The fields of a webhook that a request's body sets; nil for one that it leaves out.
struct WebhookFields: Sendable, Equatable {
  /// What a body says of the headers.
  struct Headers: Sendable, Equatable {
    /// The headers, or nil where the body says `null`.
    var value: [String: String]?
  }

  var url: String?
  var events: [String]?
  var headers: Headers?

  /// Reads the body of a create or update. Fields with other names are ignored.
  /// - Throws: the `APIError` that answers a body the service refuses.
  init(body: Data, options: Options) throws(APIError) {
    for member in try JSON.members(ofBody: body) {
      switch member.name {
      case "url": url = try Self.url(member.value)
      case "events": events = try Self.events(member.value, options)
      case "headers": headers = Headers(value: try Self.headers(member.value))
      default: break
      }
    }
  }

  private static func url(_ json: JSON) throws(APIError) -> String {
    guard case .string(let text) = json, URLSyntax.isPublic(text) else {
      throw APIError.invalidRequest("The url must be an absolute https URL.", param: "url")
    }
    return text
  }

  private static func events(_ json: JSON, _ options: Options) throws(APIError) -> [String] {
    guard case .array(let elements) = json else {
      throw APIError.invalidRequest("The events must be an array of strings.", param: "events")
    }
    var names: [String] = []
    for (index, element) in elements.enumerated() {
      guard case .string(let name) = element, !name.isEmpty else {
        throw APIError.invalidRequest("An event is a non-empty string.", param: "events[\(index)]")
      }
      guard options.accepts(event: name) else {
        throw APIError.invalidRequest("Unknown event: \(name)", param: "events[\(index)]")
      }
      names.append(name)
    }
    return names
  }

  private static func headers(_ json: JSON) throws(APIError) -> [String: String]? {
    if case .null = json { return nil }
    guard case .object(let members) = json else {
      throw invalidHeader("The headers must be an object of strings, or null.", param: "headers")
    }
    var headers: [String: String] = [:]
    for member in members {
      let param = "headers.\(member.name)"
      guard HeaderSyntax.isName(member.name) else { throw invalidHeader("Not a header's name.", param: param) }
      guard case .string(let value) = member.value else {
        throw invalidHeader("A header's value must be a string.", param: param)
      }
      guard HeaderSyntax.isValue(value) else {
        throw invalidHeader("A header's value must not hold control characters.", param: param)
      }
      headers[member.name] = value
    }
    return headers
  }

  private static func invalidHeader(_ message: String, param: String) -> APIError {
    APIError.invalidRequest(message, param: param)
  }
}
