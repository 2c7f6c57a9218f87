extension Options {
  /// The answer to an operation that does not exist in this sandbox.
  package enum MissingRoute: String, Sendable, Equatable, CaseIterable {
    /// 404 with the service's error object.
    case json
    /// 404 with a web page, as a proxy or a framework would send it.
    case html
    /// 405 with the service's error object.
    case methodNotAllowed
  }
}
