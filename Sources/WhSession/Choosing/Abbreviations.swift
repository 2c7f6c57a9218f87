import WhDomain

/// How names may be shortened at a prompt, as a person reads them off a list. A script names everything in full.
struct Abbreviations: Sendable {
  /// A shorter beginning of an id is not taken for one.
  private static let shortest = 4
  /// What stands in a table for the middle of a long id.
  static let ellipsis: Character = "…"

  /// The webhooks of the list that was printed last, in its order.
  let rows: [WebhookKey]

  /// The webhook of a row of the last list; nil for a name that is not the number of one.
  func row(_ name: String) -> WebhookKey? {
    guard !name.isEmpty, name.utf8.count <= 6, name.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(name), rows.indices.contains(number - 1)
    else { return nil }
    return rows[number - 1]
  }

  /// Those of some ids that a name is short for: its beginning, or its beginning and its end with `…` between.
  static func matches(_ name: String, among ids: some Sequence<String>) -> [String] {
    let parts = name.split(separator: ellipsis, maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let start = parts.first, name.count >= shortest else { return [] }
    let end = parts.count > 1 ? parts[1] : ""
    return ids.filter { $0.hasPrefix(start) && $0.hasSuffix(end) && $0.utf8.count >= start.utf8.count + end.utf8.count }
      .uniqued()
  }
}
