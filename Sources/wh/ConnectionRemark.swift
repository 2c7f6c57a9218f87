/// What is reported about a new connection.
enum ConnectionRemark: Hashable, Sendable {
  case note(String)
  case warning(String)
}
