import WhAPI
import WhDomain

/// How many requests a run makes that does what a plan says: it reads as the plan did, reads again what has become too old when
/// its turn comes, and writes.
struct PlanTiming: Sendable {
  /// What was read for the plan, in its order.
  struct Reading: Sendable {
    fileprivate(set) var count = 0
    /// The number of the last read of an app's list, and how many pages the list has.
    fileprivate var lists: [AppID: (last: Int, pages: Int)] = [:]
    fileprivate var single: [WebhookKey: Int] = [:]

    mutating func note() { count += 1 }

    mutating func note(page offset: Int, of app: AppID) {
      count += 1
      let pages = offset == 0 ? 1 : (lists[app]?.pages ?? 0) + 1
      lists[app] = (count, pages)
    }

    mutating func note(_ key: WebhookKey) {
      count += 1
      single[key] = count
    }
  }

  private let reading: Reading
  private let changes: [Change]
  private let recheck: Duration?

  init(_ reading: Reading, _ changes: [Change], recheck: Duration?) {
    self.reading = reading
    self.changes = changes
    self.recheck = recheck
  }

  /// The time that a run takes that begins in a new window.
  func time(at rate: PacingRate) -> Duration { rate.time(for: requests(at: rate)) }

  /// All requests of the run.
  func requests(at rate: PacingRate) -> Int {
    guard let recheck else { return reading.count + changes.count }
    var sent = reading.count
    var left = Dictionary(grouping: changes.filter { $0.before != nil }, by: \.app.id).mapValues(\.count)
    // When what an app holds was read again, as the number of requests until then.
    var again: [AppID: Int] = [:]
    for change in changes {
      if change.before != nil {
        let app = change.app.id
        let read = again[app] ?? reading.single[change.key] ?? reading.lists[app]?.last ?? reading.count
        if recheck == .zero || rate.time(for: sent) - rate.time(for: read) > recheck {
          // The cheaper of the list and a read for each webhook that is left, which are read along unless that is of no use.
          let along = recheck < Freshness.shortest ? 1 : left[app] ?? 1
          sent += min(along, max(1, reading.lists[app]?.pages ?? .max))
          again[app] = sent
        }
        left[app, default: 1] -= 1
      }
      sent += 1
    }
    return sent
  }
}
