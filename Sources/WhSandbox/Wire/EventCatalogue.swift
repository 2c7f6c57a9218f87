/// The names of events that a webhook may subscribe.
enum EventCatalogue {
  static let firstGeneration = ["MESSAGE_CREATED", "MESSAGE_SENT", "MESSAGE_DELIVERED"]

  static let secondGeneration =
    ["received", "sent", "delivered", "failed"].map { "messages.sms.\($0)" }
    + ["received", "sent", "delivered", "read", "failed"].map { "messages.whatsapp.\($0)" }
    + ["created", "updated", "deleted", "connected"].map { "templates.whatsapp.\($0)" }
    + ["created", "updated", "deleted"].map { "contacts.whatsapp.\($0)" }
    + ["connected", "disconnected"].map { "whatsapp.account.\($0)" }

  /// Added last, with calling.
  static let calls =
    ["initiated", "answered", "completed", "failed", "recording.completed", "voicemail.received"].map { "calls.\($0)" }

  /// The names of the newer pages.
  static let current = Set(secondGeneration).union(calls)

  /// The names of all pages.
  static let all = current.union(firstGeneration)
}
