import WhDomain

/// What is asked before something grave is done.
package enum Question: Sendable {
  /// A commit deletes so many webhooks.
  case deletions(Int)
  /// A first commit with a protected profile is to send this plan.
  case protected(_ profile: String, Plan)
}
