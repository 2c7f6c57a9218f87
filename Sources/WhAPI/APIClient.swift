import WhDomain

/// The service, as a session sees it. A test passes a fake.
///
/// `app` is nil with an app key. Each call is one operation, and may be several requests when it is tried again.
package protocol APIClient: Sendable {
  var keyKind: KeyKind { get }
  func listApps(offset: Int, limit: Int) async throws(APIError) -> Page<App>
  func listWebhooks(app: AppID?, offset: Int, limit: Int) async throws(APIError) -> Page<Webhook>
  func webhook(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook
  /// Reads by a `PUT` of nothing, where there is no `GET`.
  func webhookByUpdate(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook
  /// Makes one change, and tells what became of it.
  ///
  /// - Parameter notAfter: monotonic time; when the request's turn at the rate limit comes later, it is not sent, which is
  ///   `.notSent` with an error of the category `.expired`.
  func send(_ change: Change, notAfter: Duration?) async -> WriteResult
  /// Sends a patch, an empty one too, which reads the webhook where there is no other way.
  func update(app: AppID?, id: WebhookID, patch: WebhookPatch) async throws(APIError) -> Webhook
  func create(app: AppID?, draft: WebhookDraft) async throws(APIError) -> Webhook
  func delete(app: AppID?, id: WebhookID) async throws(APIError)
}
