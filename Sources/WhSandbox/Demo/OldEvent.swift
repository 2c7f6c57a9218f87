/// The names of the service's first generation of events, which the demo data subscribes.
enum OldEvent: String {
  case created = "MESSAGE_CREATED"
  case sent = "MESSAGE_SENT"
  case delivered = "MESSAGE_DELIVERED"
}
