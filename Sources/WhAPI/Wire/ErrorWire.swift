/// An error as JSON has it: `{"error": {…}}`, `{"error": "…"}` and `{"message": "…"}`, and the forms of servers and gateways in
/// front of the service: `{"error": "Not Found", "message": "…"}`, with a list of messages too, `{"errors": [{…}]}`, and the
/// problem details of RFC 9457.
///
/// Takes what is readable: a field of another type than it should be is as if it were missing.
struct ErrorWire {
  var type: String?
  var code: String?
  var message: String?
  var docURL: String?
  var param: String?

  /// Nil when the body is not a JSON object.
  init?(_ body: [UInt8]) {
    guard let outer = JSONValue(body), case .object = outer else { return nil }
    var inner = outer
    if let error = outer["error"], case .object = error { inner = error }
    // What one word for the status says, as `Not Found`, is the last to be of use.
    message =
      [inner["message"], outer["errors"], outer["detail"], outer["error"], outer["title"]].lazy
      .compactMap { $0?.messages }.first
    type = inner.string("type")
    code = inner.string("code")
    docURL = inner.string("doc_url")
    param = inner.string("param")
  }
}

extension JSONValue {
  /// So many messages of a list are shown.
  private static let mostMessages = 5

  fileprivate func string(_ name: String) -> String? {
    if case .string(let text)? = self[name] { text } else { nil }
  }

  /// A message, or several in one; nil where there is none.
  fileprivate var messages: String? {
    switch self {
    case .string(let text): return text.isEmpty ? nil : text
    case .object: return self["message"]?.messages
    case .array(let items):
      let texts = items.prefix(Self.mostMessages).compactMap(\.messages)
      return texts.isEmpty ? nil : texts.joined(separator: "; ")
    case .null, .bool, .number, .brokenString: return nil
    }
  }
}
