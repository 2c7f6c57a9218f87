import WhDomain

/// What is staged on each webhook, in the order in which they were first edited.
package struct StagedEdits: Sendable {
  private(set) var table = WebhookTable<Staged>()
  /// How many of them come to a change: each edit tells the number, and there may be an edit for each webhook.
  private(set) var changeCount = 0

  package var isEmpty: Bool { table.isEmpty }

  package subscript(key: WebhookKey) -> Staged? { table[key] }

  mutating func reserve(_ count: Int) { table.reserve(count) }

  mutating func put(_ staged: Staged, for key: WebhookKey) {
    changeCount += staged.isChange ? 1 : 0
    if let place = table.place(of: key) {
      changeCount -= table[place: place]?.value.isChange ?? false ? 1 : 0
      table.replace(at: place, by: staged)
    } else {
      table.append(staged, for: key)
    }
  }

  mutating func removeAll(where isDropped: (WebhookKey, Staged) -> Bool) {
    table.removeAll(where: isDropped)
    changeCount = table.values.count(where: \.isChange)
  }
}
