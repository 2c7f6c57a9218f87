/// An answer of the server, whatever its status.
package struct HTTPResponse: Hashable, Sendable {
  package var status: Int
  package var fields: [HTTPField]
  package var body: [UInt8]
  /// True when an earlier try of the request had no clear answer, and may have been applied.
  package var followsUncertainTry = false

  package init(status: Int, fields: [HTTPField] = [], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  package var isSuccess: Bool { (200..<300).contains(status) }

  /// The value of the first field of that name, compared without case.
  package subscript(name: String) -> String? {
    fields.first { $0.isNamed(name) }?.value
  }
}
