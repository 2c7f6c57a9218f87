/// How a sandbox behaves, apart from its data.
///
/// The address is not among the options: a `Server` listens on 127.0.0.1 alone.
package struct Options: Sendable, Equatable {
  /// The TCP port to listen on; 0 lets the system pick a free one.
  package var port: UInt16
  /// The only keys to accept, admin and app keys alike; nil accepts every well-formed key.
  package var keys: [String]?
  /// The limits on requests a key may make.
  package var rateLimits: RateLimits
  /// What goes wrong, and how often.
  package var faults: Faults
  /// The operations that exist.
  package var routes: Routes
  /// The answer to an operation that `routes` leaves out.
  package var missingRoute: MissingRoute
  /// The body of an error.
  package var errorShape: ErrorShape
  /// Whether errors that the service has a code for name it.
  package var sendsErrorCodes: Bool
  /// The answer to a deletion.
  package var deleteAnswer: DeleteAnswer
  /// The events that may be subscribed.
  package var events: EventEnum
  /// More events that may be subscribed.
  package var ownEvents: [String]

  /// Makes options; without arguments, those of the service as it is documented, which never fails and has no limit.
  package init(
    port: UInt16 = 0,
    keys: [String]? = nil,
    rateLimits: RateLimits = .none,
    faults: Faults = Faults(),
    routes: Routes = .all,
    missingRoute: MissingRoute = .json,
    errorShape: ErrorShape = .object,
    sendsErrorCodes: Bool = true,
    deleteAnswer: DeleteAnswer = .message,
    events: EventEnum = .both,
    ownEvents: [String] = []
  ) {
    self.port = port
    self.keys = keys
    self.rateLimits = rateLimits
    self.faults = faults
    self.routes = routes
    self.missingRoute = missingRoute
    self.errorShape = errorShape
    self.sendsErrorCodes = sendsErrorCodes
    self.deleteAnswer = deleteAnswer
    self.events = events
    self.ownEvents = ownEvents
  }

  /// Whether an event may be subscribed.
  func accepts(event: String) -> Bool {
    events.contains(event) || ownEvents.contains(event)
  }

  /// Says why these options can't be served.
  /// - Throws: `InvalidOptions`, naming the first option that is out of range.
  package func validate() throws(InvalidOptions) {
    try rateLimits.validate()
    try faults.validate()
    for key in keys ?? [] where Key(token: key) == nil {
      throw InvalidOptions("a key must look like sk_admin_…, sk_live_app_… or sk_test_app_…")
    }
  }
}
