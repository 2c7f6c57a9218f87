/// An answer of the server, whatever its status.
package struct HTTPResponse: Hashable, Sendable {
  package var status: Int
  package var fields: [HTTPField]
  package var body: [UInt8]

  package init(status: Int, fields: [HTTPField] = [], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  package var isSuccess: Bool { (200..<300).contains(status) }

  /// True where the server has had too many requests: 429, or a 403 that says when to come back.
  package var isRefusalByLimit: Bool { status == 429 || status == 403 && self["Retry-After"] != nil }

  /// The value of the first field of that name, compared without case.
  package subscript(name: String) -> String? {
    fields.first { $0.isNamed(name) }?.value
  }
}
