import Foundation

/// A message that a test app is to receive, as a request's body has it.
struct InboundMessage: Sendable, Equatable {
  var from: String
  var to: String
  var text: String

  /// Reads a body. Fields with other names are ignored.
  /// - Throws: the `APIError` that answers a body the service refuses.
  init(body: Data) throws(APIError) {
    let members = try JSON.members(ofBody: body)
    from = try Self.phoneNumber("from", in: members)
    to = try Self.phoneNumber("to", in: members)
    text = try Self.text("text", in: members)
  }

  private static func text(_ name: String, in members: [JSON.Member]) throws(APIError) -> String {
    guard let value = members.first(where: { $0.name == name })?.value else {
      throw APIError.invalidRequest("Missing required parameter: \(name)", param: name)
    }
    guard case .string(let text) = value, !text.isEmpty else {
      throw APIError.invalidRequest("The \(name) must be a non-empty string.", param: name)
    }
    return text
  }

  /// A number as E.164 writes it: a plus sign and at most 15 digits, of which the first is not 0.
  private static func phoneNumber(_ name: String, in members: [JSON.Member]) throws(APIError) -> String {
    let number = try text(name, in: members)
    let digits = Array(number.utf8.dropFirst())
    guard number.utf8.first == UInt8(ascii: "+"), (2...15).contains(digits.count), digits[0] != UInt8(ascii: "0"),
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else {
      throw APIError.invalidRequest(
        "The \(name) must be a phone number such as +15551234567.", code: "invalid_phone_number", param: name)
    }
    return number
  }
}
