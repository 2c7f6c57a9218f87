/// What is asked before something grave is done.
package enum Question: Sendable {
  /// A commit deletes so many webhooks.
  case deletions(Int)
}
