/// An error as JSON has it, in any of the shapes in use: `{"error": {…}}`, `{"error": "…"}`, `{"message": "…"}`.
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
    if case .string(let text)? = outer["error"] {
      message = text
      return
    }
    var inner = outer
    if let error = outer["error"], case .object = error { inner = error }
    type = inner.string("type")
    code = inner.string("code")
    message = inner.string("message")
    docURL = inner.string("doc_url")
    param = inner.string("param")
  }
}

extension JSONValue {
  fileprivate func string(_ name: String) -> String? {
    if case .string(let text)? = self[name] { text } else { nil }
  }
}
