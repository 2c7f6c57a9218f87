extension Options {
  /// Which operations exist: the service's documentation leaves some of them open, and clients must do without.
  package enum Routes: String, Sendable, Equatable, CaseIterable {
    /// All of them.
    case all
    /// All but the reads of an admin key: listing apps, listing webhooks, getting a webhook.
    case noAdminReads
    /// The update of a webhook by an admin key, and nothing else.
    case putOnly

    func includes(_ operation: Operation) -> Bool {
      switch self {
      case .all: true
      case .noAdminReads: !(operation.keyKind == .admin && operation.isRead)
      case .putOnly: operation == .updateWebhook(.admin)
      }
    }
  }
}
