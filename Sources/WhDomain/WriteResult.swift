/// What became of one write: decided once, from the method, the last answer, and whether an earlier try may have been applied.
package enum WriteResult: Hashable, Sendable {
  /// The service took it. Nil after a deletion, or where no answer could be turned into the webhook.
  case applied(Webhook?)
  /// The service said no to this change: nothing has changed, and asking again would change nothing either.
  case refused(APIError)
  /// Nothing has changed, and the change is still to be made: it was never sent, or was turned away before it was looked at.
  case notSent(APIError?)
  /// It may or may not have been applied.
  case unknown(APIError)
}

extension WriteResult {
  /// Why it is not known to be applied, where something was said.
  package var error: APIError? {
    switch self {
    case .applied: nil
    case .refused(let error), .unknown(let error): error
    case .notSent(let error): error
    }
  }
}
