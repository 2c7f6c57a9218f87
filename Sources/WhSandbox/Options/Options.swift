/// How a sandbox behaves, apart from its data.
///
/// The address is not among the options: a `Server` listens on 127.0.0.1 alone.
package struct Options: Sendable, Equatable {
  /// The TCP port to listen on; 0 lets the system pick a free one.
  package var port: UInt16
  /// The only keys to accept, admin and app keys alike; nil accepts every well-formed key.
  package var keys: [String]?
  /// The limit on requests a key may make; nil sets none, and sends no `X-RateLimit-*` headers.
  package var rateLimit: RateLimit?
  /// What goes wrong, and how often.
  package var faults: Faults
  /// The operations that exist.
  package var routes: Routes
  /// The answer to an operation that `routes` leaves out.
  package var missingRoute: MissingRoute
  /// Whether names that are in neither generation of the event catalogue may be subscribed.
  package var acceptsUnknownEvents: Bool

  /// Makes options; without arguments, those of a service that never fails and has no limit.
  package init(
    port: UInt16 = 0,
    keys: [String]? = nil,
    rateLimit: RateLimit? = nil,
    faults: Faults = Faults(),
    routes: Routes = .all,
    missingRoute: MissingRoute = .json,
    acceptsUnknownEvents: Bool = false
  ) {
    self.port = port
    self.keys = keys
    self.rateLimit = rateLimit
    self.faults = faults
    self.routes = routes
    self.missingRoute = missingRoute
    self.acceptsUnknownEvents = acceptsUnknownEvents
  }

  /// Says why these options can't be served.
  /// - Throws: `InvalidOptions`, naming the first option that is out of range.
  package func validate() throws(InvalidOptions) {
    try rateLimit?.validate()
    try faults.validate()
    for key in keys ?? [] where Key(token: key) == nil {
      throw InvalidOptions("a key must look like sk_admin_…, sk_live_app_… or sk_test_app_…")
    }
  }
}
