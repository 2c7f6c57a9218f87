/// The outcome of one write: decided once, from the method, the last answer, and whether an earlier try may have been applied.
package enum WriteResult: Hashable, Sendable {
  /// The service took it. Nil after a deletion, or where no answer could be turned into the webhook.
  case applied(Webhook?)
  /// The service said no to this change: nothing has changed, and asking again would change nothing either.
  case refused(APIError)
  /// Nothing has changed, and the change is still to be made: it was never sent, or was rejected before it was processed.
  case notSent(APIError?)
  /// It may or may not have been applied.
  case unknown(APIError)
}

extension WriteResult {
  /// The outcome of a write that was sent twice, this being the result of the first time.
  ///
  /// Once it may have been applied, only a success settles it, or of a deletion that the webhook is gone.
  package func followed(by last: WriteResult, isDeletion: Bool) -> WriteResult {
    guard case .unknown = self else { return last }
    switch last {
    case .applied: return last
    case .refused(let error) where isDeletion && error.category == .notFound: return .applied(nil)
    case .refused(let error), .unknown(let error), .notSent(let error?): return .unknown(error)
    case .notSent(nil): return self
    }
  }

  /// Why it is not known to be applied, where something was said.
  package var error: APIError? {
    switch self {
    case .applied: nil
    case .refused(let error), .unknown(let error): error
    case .notSent(let error): error
    }
  }
}
