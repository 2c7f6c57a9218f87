/// What a service has said to a key.
package enum KeyTest: Hashable, Sendable {
  /// It is accepted, and opens so many apps.
  case apps(Int)
  /// It is accepted, and opens the one app that it is for.
  case ownApp
  /// The service lists nothing, and so said nothing of the key.
  case untold

  /// Nil where that is not known.
  package var appCount: Int? { if case .apps(let count) = self { count } else { nil } }
}
