import Foundation

/// A request as a `FakeService` took it off the wire.
package struct RecordedRequest: Sendable {
  package var method: String
  /// The request's target as it came: the path with its query.
  package var target: String
  /// In the order of the request; names as they were spelled.
  package var fields: [(name: String, value: String)]
  package var body: [UInt8]
  /// Counts from 1 over all connections.
  package var number = 0
  /// The number of its connection, from 1.
  package var connection = 0

  /// The value of a header, whatever the case of its name; several are joined by a comma.
  package subscript(name: String) -> String? {
    let values = fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  /// The target without its query.
  package var path: String { String(target.prefix { $0 != "?" }) }

  /// Method and target, as `PUT /v1/webhooks/whk_1`.
  package var line: String { "\(method) \(target)" }

  package var bodyText: String { String(decoding: body, as: UTF8.self) }

  /// The body as a JSON object; nil if it is not one.
  package var json: NSDictionary? {
    (try? JSONSerialization.jsonObject(with: Data(body))) as? NSDictionary
  }
}
