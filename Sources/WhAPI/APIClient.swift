import WhDomain

/// Makes changes: over HTTP, or as a dry run that returns what was requested.
package protocol Sender: Sendable {
  /// Makes one change and returns its outcome.
  ///
  /// - Parameter terms: what is not sent because of them is `.notSent` with an error of the category `.expired` or
  ///   `.withheld`, or `.unknown` after a try that may have been applied.
  nonisolated(nonsending) func send(_ change: Change, _ terms: SendingTerms) async -> WriteResult
}

/// The service, as a session sees it. A test passes a fake.
///
/// `app` is nil with an app key. Each call is one operation, and may be several requests when it is tried again.
package protocol APIClient: Sender {
  var keyKind: KeyKind { get }
  func listApps(offset: Int, limit: Int) async throws(APIError) -> Page<App>
  func listWebhooks(app: AppID?, offset: Int, limit: Int) async throws(APIError) -> Page<Webhook>
  func webhook(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook
  /// Reads with an empty `PUT`, if there is no `GET`.
  func webhookByUpdate(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook
}
