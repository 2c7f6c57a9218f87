/// The event names that the service is known to send, in both generations.
///
/// It is data for completion and did-you-mean: the service adds names, so a missing name is not an error, and users add
/// names in their configuration.
package enum EventCatalogue {
  package static let all: [String] = renamings.map(\.old) + current

  /// The names of the first generation, and what the same events are called now.
  package static let renamings: [(old: String, new: String)] = [
    ("MESSAGE_CREATED", "messages.sms.received"), ("MESSAGE_SENT", "messages.sms.sent"),
    ("MESSAGE_DELIVERED", "messages.sms.delivered"),
  ]

  /// The events that a list holds by their old and their new names.
  package static func namedTwice(in events: [String]) -> [(old: String, new: String)] {
    renamings.filter { events.contains($0.old) && events.contains($0.new) }
  }

  private static let current: [String] =
    named("messages.sms", ["received", "sent", "delivered", "failed"])
    + named("messages.whatsapp", ["received", "sent", "delivered", "read", "failed"])
    + named("templates.whatsapp", ["created", "updated", "deleted", "connected"])
    + named("contacts.whatsapp", ["created", "updated", "deleted"])
    + named("whatsapp.account", ["connected", "disconnected"])
    + named(
      "calls", ["initiated", "answered", "completed", "failed", "recording.completed", "voicemail.received"])

  package static func contains(_ name: String) -> Bool { names.contains(name) }

  private static let names = Set(all)

  private static func named(_ prefix: String, _ verbs: [String]) -> [String] {
    verbs.map { "\(prefix).\($0)" }
  }

  /// - Throws: `InvalidValue` for a text that cannot be an event's name, known or not.
  package static func validate(_ name: String) throws(InvalidValue) {
    // Most names are of visible ASCII characters.
    if (1...128).contains(name.utf8.count), name.isMade(of: { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ",") }) {
      return
    }
    guard !name.isEmpty else { throw InvalidValue("is empty") }
    guard name.utf8.count <= 128 else { throw InvalidValue("is longer than 128 characters") }
    if let bad = name.unicodeScalars.first(where: {
      $0.isControl || $0.isInvisible || $0.properties.isWhitespace || $0 == ","
    }) {
      throw InvalidValue("contains \(bad.quotedForMessage), which is not allowed in an event name")
    }
  }
}
