import Foundation
import Synchronization

/// The service with many webhooks on 127.0.0.1, which counts every request that reaches it, whatever happened to the answer.
package final class CountingService: Sendable {
  private let webhooks: CountedWebhooks
  private let service: FakeService

  /// - Parameter onRequest: called on the connection's thread when a request has come, with its number from 1, before
  ///   anything is done with it.
  package init(
    _ shape: ServiceShape, onRequest: @escaping @Sendable (_ number: Int, RecordedRequest) -> Void = { _, _ in }
  ) throws {
    let webhooks = CountedWebhooks(shape)
    self.webhooks = webhooks
    let count = Atomic(0)
    service = try FakeService.scripted { request in
      if request.target == "/_report" { return [.answer(.text(200, webhooks.report))] }
      onRequest(count.add(1, ordering: .relaxed).newValue, request)
      return webhooks.steps(for: request)
    }
  }

  package var url: String { service.url }

  /// Ends all connections.
  package func stop() { service.stop() }

  /// Waits until every connection has ended, so that nothing is still to come of a client that was killed.
  package func drained() async throws { try await service.drained() }

  // MARK: What was seen

  package var log: [ServedRequest] { webhooks.log }

  /// Clears the log; the webhooks stay.
  package func clearLog() { webhooks.clearLog() }

  /// What a webhook holds, by its number in the row of all apps' webhooks.
  package func fields(of number: Int) -> WebhookFields { webhooks.fields(of: number) }

  package var webhookCount: Int { webhooks.shape.apps * webhooks.shape.webhooksPerApp }

  /// Requests that were sent once more though they had been answered well. A read that is older than `recheck` (30 s) has
  /// to be repeated before what it shows is written, so that it counts only where it comes sooner. A read is as old as the
  /// first of the tries that it took. A write is a cause to read the webhook: its answer may not say what came of it.
  package static func needlessRepeats(in log: [ServedRequest]) -> [ServedRequest] {
    var answered: [String: Duration] = [:]
    var begun: [String: Duration] = [:]
    return log.filter { request in
      let name = "\(request.key) \(request.method) \(request.path)"
      if request.method != "GET" { answered["\(request.key) GET \(request.path)"] = nil }
      let begin = begun[name] ?? request.time
      begun[name] = request.isAnsweredWell ? nil : begin
      defer { if request.isAnsweredWell { answered[name] = begin } }
      guard let last = answered[name] else { return false }
      return request.method != "GET" || request.time - last < recheck
    }
  }

  /// A second less than what `wh` waits, which counts from when it asked and not from when the request came.
  private static let recheck = Duration.seconds(29)
}

extension CountedWebhooks {
  /// What was seen, as lines of a name and a number, for a script to read.
  var report: String {
    let log = log
    var lines = [("requests", log.count), ("needless", CountingService.needlessRepeats(in: log).count)]
    lines.append(("refused", log.count { $0.status == 429 && $0.fault == nil }))
    lines.append(("faults", log.count { $0.fault != nil }))
    lines.append(("writes", log.count { $0.method == "PUT" }))
    lines.append(("migrated", (0..<(shape.apps * shape.webhooksPerApp)).count { fields(of: $0).isMigrated }))
    if let first = log.first, let last = log.last {
      lines.append(("first_ms", Int(first.time / .milliseconds(1))))
      lines.append(("last_ms", Int(last.time / .milliseconds(1))))
    }
    for (key, requests) in Dictionary(grouping: log, by: \.key).sorted(by: { $0.key < $1.key }) {
      lines.append(("requests.\(key)", requests.count))
      lines.append(("refused.\(key)", requests.count { $0.status == 429 && $0.fault == nil }))
    }
    return lines.map { "\($0) \($1)\n" }.joined()
  }
}
