import WhDomain

/// What is asked before something that can't be taken back.
package enum Question: Sendable {
  /// A commit deletes this number of webhooks.
  case deletions(Int)
  /// A commit with a protected profile is to send this plan.
  case protected(_ profile: String, Plan)
  /// A commit is to go over the runs of these numbers, which are unfinished.
  case unfinished([Int])
}
