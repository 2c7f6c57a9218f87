import WhDomain

extension Plan {
  /// How many webhooks will be created, updated and deleted, without zero counts.
  private var kinds: [(count: Int, verb: String)] {
    var (created, updated, deleted) = (0, 0, 0)
    for change in changes {
      switch change.action {
      case .create: created += 1
      case .update: updated += 1
      case .delete: deleted += 1
      }
    }
    return [(created, "create"), (updated, "update"), (deleted, "delete")].filter { $0.count > 0 }
  }

  private var apps: String { appCount.counting("app") }

  private static func webhooks(_ count: Int) -> String { count.counting("webhook") }

  /// Such as `1 webhook to create, 2 to update in 1 app`.
  var staged: String {
    guard let first = kinds.first else { return "\(Self.webhooks(0)) to update in \(apps)" }
    let others = kinds.dropFirst().map { ", \($0.count) to \($0.verb)" }.joined()
    return "\(Self.webhooks(first.count)) to \(first.verb)\(others) in \(apps)"
  }

  /// Such as `26 webhooks in 13 apps to update`, or `3 webhooks in 1 app: 1 to create, 2 to update`.
  var planned: String {
    let all = "\(Self.webhooks(changes.count)) in \(apps)"
    if kinds.count == 1, let only = kinds.first { return "\(all) to \(only.verb)" }
    return "\(all): " + kinds.map { "\($0.count) to \($0.verb)" }.joined(separator: ", ")
  }
}
