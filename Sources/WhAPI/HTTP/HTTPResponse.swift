/// An answer of the server, whatever its status.
package struct HTTPResponse: Hashable, Sendable {
  package var status: Int
  package var fields: [HTTPField]
  package var body: [UInt8] { didSet { readBody = ReadBody() } }
  private var readBody = ReadBody()

  /// What the body was found to be, so that it is read once. An answer is the same with and without it.
  private struct ReadBody: Hashable {
    var json: JSONValue?

    static func == (_: ReadBody, _: ReadBody) -> Bool { true }

    func hash(into hasher: inout Hasher) {}
  }

  package init(status: Int, fields: [HTTPField] = [], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// The body as JSON; nil if it is none.
  var json: JSONValue? { readBody.json ?? JSONValue(body) }

  /// The same with its body read; nil if it is not JSON.
  var withJSON: HTTPResponse? {
    guard let json else { return nil }
    var response = self
    response.readBody.json = json
    return response
  }

  package var isSuccess: Bool { (200..<300).contains(status) }

  /// True where the server has had too many requests: 429, or a 403 that says when to come back.
  package var isRefusalByLimit: Bool { status == 429 || status == 403 && self["Retry-After"] != nil }

  /// The value of the first field of that name, compared without case.
  package subscript(name: String) -> String? {
    fields.first { $0.isNamed(name) }?.value
  }
}
