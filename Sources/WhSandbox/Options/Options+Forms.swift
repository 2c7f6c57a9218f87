extension Options {
  /// The body of an error.
  package enum ErrorShape: String, Sendable, Equatable, CaseIterable {
    /// The service's error object, with type and message.
    case object
    /// The message alone, as the service's rate limiter sends it: `{"error": "…"}`.
    case string
  }

  /// The answer to a deletion, which no page of the service's shows.
  package enum DeleteAnswer: String, Sendable, Equatable, CaseIterable {
    /// 200 with a message, as the service answers every other deletion.
    case message
    /// 204.
    case noContent
    /// 200 without a body.
    case empty
  }

  /// The names of events that may be subscribed.
  package enum EventEnum: String, Sendable, Equatable, CaseIterable {
    /// Those of the newer pages, which leave the first generation out.
    case current
    /// Those of both generations.
    case both
    /// Every name.
    case any

    func contains(_ name: String) -> Bool {
      switch self {
      case .current: EventCatalogue.current.contains(name)
      case .both: EventCatalogue.all.contains(name)
      case .any: true
      }
    }
  }
}
