/// An error as JSON has it, in any of the shapes in use: `{"error": {…}}`, `{"error": "…"}`, `{"message": "…"}`.
struct ErrorWire: Decodable {
  var type: String?
  var code: String?
  var message: String?
  var docURL: String?
  var param: String?

  private enum Outer: String, CodingKey {
    case error
  }

  private enum Inner: String, CodingKey {
    case type, code, message, param
    case docURL = "doc_url"
  }

  /// Takes what is readable: a field of another type than it should be is as if it were missing.
  init(from decoder: any Decoder) throws {
    let outer = try decoder.container(keyedBy: Outer.self)
    if let text = try? outer.decode(String.self, forKey: .error) {
      message = text
      return
    }
    let inner =
      try (try? outer.nestedContainer(keyedBy: Inner.self, forKey: .error)) ?? decoder.container(keyedBy: Inner.self)
    type = try? inner.decode(String.self, forKey: .type)
    code = try? inner.decode(String.self, forKey: .code)
    message = try? inner.decode(String.self, forKey: .message)
    docURL = try? inner.decode(String.self, forKey: .docURL)
    param = try? inner.decode(String.self, forKey: .param)
  }
}
