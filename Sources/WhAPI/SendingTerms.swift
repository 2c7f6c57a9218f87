/// What must hold when the turn of a write comes, and of each further try of it; else it is not sent.
package struct SendingTerms: Hashable, Sendable {
  /// The last moment of the monotonic clock at which it may be sent; nil for any.
  package var notAfter: Duration?
  /// Nil where nothing else is asked.
  package var clearance: Clearance?

  package init(notAfter: Duration? = nil, clearance: Clearance? = nil) {
    self.notAfter = notAfter
    self.clearance = clearance
  }
}

/// Keeps back writes that the limit has let go, for as long as what comes of them could not be recorded.
package final class Clearance: Sendable {
  /// True where a write may leave now. It is asked for each, and does not wait.
  package let isGiven: @Sendable () -> Bool
  /// Returns true once one may leave, and false where none ever may. It ends early when its task is cancelled.
  package let wait: @Sendable () async -> Bool

  package init(isGiven: @escaping @Sendable () -> Bool, wait: @escaping @Sendable () async -> Bool) {
    self.isGiven = isGiven
    self.wait = wait
  }
}

extension Clearance: Hashable {
  package static func == (left: Clearance, right: Clearance) -> Bool { left === right }

  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
