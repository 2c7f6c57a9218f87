import WhDomain

/// What is to be done about an intent of which nobody knows whether it was done.
package enum Resumption: Hashable, Sendable {
  /// The service holds what was asked for.
  case done
  /// The service holds what it held before: the change is to be sent.
  case send
  /// The service holds something else, or has lost the webhook; and why, in a few words.
  case conflict(String)
  case open(String)

  /// Decides by what the service holds now. Doing what this says, and then asking again, gives `done`.
  ///
  /// - Parameter current: the webhook that the change names, or for a creation what `creation(_:among:excluding:since:)`
  ///   finds; nil if the service has none.
  package static func decide(_ intent: Intent, current: Webhook?, candidates: Int = 1) -> Resumption {
    let change = intent.change
    if change.isCreation, candidates > 1 { return .open("several webhooks may be the one that was created") }
    if change.isCreation, current == nil, intent.outcome?.state == .created {
      return .open("it was created, and is not found")
    }
    return switch (change.action, current) {
    case (.update, nil): .conflict("somebody deleted it")
    case (.update(let before, let patch), let current?):
      if patch.fieldsThatDiffer(in: current).isEmpty {
        .done
      } else if before.map({ $0.asPatch.fieldsThatDiffer(in: current).isEmpty }) ?? true {
        // Where nothing was read before, there is nothing to compare with: the commit would have sent it all the same.
        .send
      } else {
        .conflict("somebody changed it")
      }
    case (.create, nil): .send
    case (.create, _?): .done
    case (.delete, nil): .done
    case (.delete(let before), let current?):
      before.asPatch.fieldsThatDiffer(in: current).isEmpty ? .send : .conflict("somebody changed it")
    }
  }

  /// The webhook that a creation made, when its answer was lost: one that holds just what was asked for, is not older
  /// than the run, and was not found to be another creation's.
  ///
  /// - Parameters:
  ///   - webhooks: all webhooks of the app.
  ///   - taken: what other creations of the run made.
  ///   - startedAt: when the run began, by this machine's clock; the service's may be behind by `clockSkew`.
  package static func creation(
    _ change: Change, among webhooks: [Webhook], excluding taken: Set<WebhookID> = [], since startedAt: Moment
  ) -> Webhook? {
    guard case .create(let url, let events, let headers) = change.action else { return nil }
    let asked = WebhookPatch(url: url, events: events, headers: headers)
    let earliest = (startedAt.milliseconds - clockSkew) * 1_000_000
    return webhooks.first { webhook in
      !taken.contains(webhook.id) && asked.fieldsThatDiffer(in: webhook).isEmpty
        && webhook.createdAt.map { $0.nanoseconds >= earliest } ?? true
    }
  }

  package static func candidates(for change: Change, among webhooks: [Webhook], since: Moment, clockOffset: Duration?) -> [Webhook] { creation(change, among: webhooks, since: since).map { [$0] } ?? [] }

  /// In milliseconds.
  private static let clockSkew: Int64 = 5 * 60 * 1000
}
