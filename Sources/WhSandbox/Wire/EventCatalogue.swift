/// The names of events that a webhook may subscribe.
enum EventCatalogue {
  /// The names of both generations.
  static let names: Set<String> = Set(firstGeneration).union(secondGeneration)

  static let firstGeneration = ["MESSAGE_CREATED", "MESSAGE_SENT", "MESSAGE_DELIVERED"]

  static let secondGeneration =
    ["received", "sent", "delivered", "failed"].map { "messages.sms.\($0)" }
    + ["received", "sent", "delivered", "read", "failed"].map { "messages.whatsapp.\($0)" }
    + ["created", "updated", "deleted", "connected"].map { "templates.whatsapp.\($0)" }
    + ["created", "updated", "deleted"].map { "contacts.whatsapp.\($0)" }
    + ["connected", "disconnected"].map { "whatsapp.account.\($0)" }
}
