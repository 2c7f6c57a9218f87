import Foundation

/// What a webhook of a `CountingService` holds, with a wire format of its own.
package struct WebhookFields: Equatable, Sendable {
  package var url: String
  package var events: [String]
  package var headers: [String: String]

  /// A webhook as it was before anybody changed it.
  init(original number: Int, in shape: ServiceShape) {
    let (app, index) = number.quotientAndRemainder(dividingBy: shape.webhooksPerApp)
    let isOld = index < shape.oldPerApp
    url = "https://\(isOld ? "old" : "hooks").example.com/\(Self.slug(app))/\(index)"
    events = [isOld ? "MESSAGE_SENT" : "messages.sms.sent", "MESSAGE_DELIVERED"]
    headers = ["X-Tenant": Self.slug(app)]
    if shape.hasSecrets { headers["Authorization"] = "Bearer secret-of-webhook-\(number)" }
  }

  /// As the migration makes it.
  package var isMigrated: Bool { !events.contains("MESSAGE_SENT") && url.hasPrefix("https://hooks.example.com/") }

  package static func slug(_ app: Int) -> String { "app-" + padded(app, to: 4, radix: 10) }

  package static func appID(_ app: Int) -> String { "00000000-0000-4000-9000-" + padded(app, to: 12, radix: 16) }

  package static func webhookID(_ number: Int) -> String {
    "00000000-0000-4000-8000-" + padded(number, to: 12, radix: 16)
  }

  /// The number that an id of either kind was made of.
  package static func number(in id: String) -> Int? { Int(id.suffix(12), radix: 16) }

  private static func padded(_ number: Int, to width: Int, radix: Int) -> String {
    let digits = String(number, radix: radix)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  static func appJSON(_ app: Int) -> String {
    #"{"id":"\#(appID(app))","slug":"\#(slug(app))","name":"App \#(app)","status":"active",\#(times)}"#
  }

  private static let times = #""createdAt":"2026-01-02T03:04:05Z","updatedAt":"2026-01-02T03:04:05Z""#

  func json(_ number: Int, in shape: ServiceShape) -> String {
    let events = events.map { #""\#($0)""# }.joined(separator: ",")
    let headers = headers.map { #""\#($0)":"\#($1)""# }.joined(separator: ",")
    let app = Self.appID(number / shape.webhooksPerApp)
    return #"{"id":"\#(Self.webhookID(number))","appId":"\#(app)","url":"\#(url)","#
      + #""events":[\#(events)],"headers":{\#(headers)},\#(Self.times)}"#
  }

  /// Lays an update's body over it; false for an invalid body.
  mutating func take(_ body: Data) -> Bool {
    guard let object = try? JSONSerialization.jsonObject(with: body) as? [String: Any] else { return false }
    for (name, value) in object {
      switch (name, value) {
      case ("url", let value as String): url = value
      case ("events", let value as [String]): events = value
      case ("headers", let value as [String: String]): headers = value
      default: return false
      }
    }
    return true
  }
}
