/// The event names that the service is known to send, in both generations (api.md, "Types").
///
/// It is data for completion and did-you-mean: the service adds names, so a missing name is not an error.
package enum EventCatalogue {
  package static let all: [String] = ["MESSAGE_CREATED", "MESSAGE_SENT", "MESSAGE_DELIVERED"] + renamed

  private static let renamed: [String] =
    named("messages.sms", ["received", "sent", "delivered", "failed"])
    + named("messages.whatsapp", ["received", "sent", "delivered", "read", "failed"])
    + named("templates.whatsapp", ["created", "updated", "deleted", "connected"])
    + named("contacts.whatsapp", ["created", "updated", "deleted"])
    + named("whatsapp.account", ["connected", "disconnected"])

  package static func contains(_ name: String) -> Bool { names.contains(name) }

  private static let names = Set(all)

  private static func named(_ prefix: String, _ verbs: [String]) -> [String] {
    verbs.map { "\(prefix).\($0)" }
  }

  /// - Throws: `InvalidValue` for a text that cannot be an event's name, known or not.
  package static func validate(_ name: String) throws(InvalidValue) {
    guard !name.isEmpty else { throw InvalidValue("is empty") }
    guard name.utf8.count <= 128 else { throw InvalidValue("is longer than 128 characters") }
    if let bad = name.unicodeScalars.first(where: {
      $0.isControl || $0.isInvisible || $0.properties.isWhitespace || $0 == ","
    }) {
      throw InvalidValue("contains \(bad.quotedForMessage), which is not allowed in an event name")
    }
  }
}
